import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';

import { onTestFinished } from 'vitest';

/** A unix socket to listen on, in a temp folder that goes when the test ends. */
export function temporarySocketPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yamux-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 's');
}

export async function listen(path: string): Promise<Server> {
  const server = createServer();
  server.listen(path);
  await once(server, 'listening');
  return server;
}

/** Two ends of a unix socket. Both are closed when the test ends. */
export async function socketPair(): Promise<[Socket, Socket]> {
  const path = temporarySocketPath();
  const server = await listen(path);
  const near = connect(path);
  const [[far]] = (await Promise.all([once(server, 'connection'), once(near, 'connect')])) as [
    [Socket],
    unknown,
  ];
  server.close();
  onTestFinished(() => {
    near.destroy();
    far.destroy();
  });
  return [near, far];
}

/** Two ends in memory that know nothing of sockets; `cut` says how each write is cut into chunks. */
export function memoryPair(cut: (bytes: Buffer) => Buffer[] = (bytes) => [bytes]): [Duplex, Duplex] {
  const end = (peer: () => Duplex): Duplex =>
    new Duplex({
      read() {},
      write(chunk: Buffer, _encoding, done) {
        for (const part of cut(chunk)) peer().push(part);
        setImmediate(done);
      },
      final(done) {
        peer().push(null);
        done();
      },
      destroy(error, done) {
        peer().push(null);
        done(error);
      },
    });
  const a: Duplex = end(() => b);
  const b: Duplex = end(() => a);
  return [a, b];
}
