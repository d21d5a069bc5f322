import { Duplex } from 'node:stream';

/** The same socket with another way to write to it. It ends with the socket, and the socket with it. */
export function linkTo(
  socket: Duplex,
  write: (chunk: Buffer, done: (error?: Error | null) => void) => void,
): Duplex {
  const link = new Duplex({
    write: (chunk: Buffer, _, done) => write(chunk, done),
    read: () => void socket.resume(),
    final: (done) => void socket.end(done),
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  socket
    .on('data', (chunk: Buffer) => {
      if (!link.push(chunk)) socket.pause();
    })
    .on('end', () => link.push(null))
    .on('error', (error) => link.destroy(error))
    .on('close', () => link.destroy());
  return link;
}
