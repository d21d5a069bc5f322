import { Duplex } from 'node:stream';

/** The same socket, and a copy of all that is written to it. It ends with the socket, and the socket with it. */
export function recording(socket: Duplex): { readonly link: Duplex; readonly sent: () => Buffer } {
  const chunks: Buffer[] = [];
  const link = new Duplex({
    write: (chunk: Buffer, _, done) => {
      chunks.push(Buffer.from(chunk));
      socket.write(chunk, (error) => done(error ?? null));
    },
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
  return { link, sent: () => Buffer.concat(chunks) };
}
