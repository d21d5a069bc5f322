import type { Duplex } from 'node:stream';
import { linkTo } from '../../subject/index.js';

/** The same socket, and a copy of all that is written to it. It ends with the socket, and the socket with it. */
export function recording(socket: Duplex): { readonly link: Duplex; readonly sent: () => Buffer } {
  const chunks: Buffer[] = [];
  const link = linkTo(socket, (chunk, done) => {
    chunks.push(Buffer.from(chunk));
    socket.write(chunk, (error) => done(error ?? null));
  });
  return { link, sent: () => Buffer.concat(chunks) };
}
