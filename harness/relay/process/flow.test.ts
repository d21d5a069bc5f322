import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { Flow } from './flow.js';

/** Both ends of a connection. */
async function pair(): Promise<[Socket, Socket]> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const near = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  const [far] = (await once(server, 'connection')) as [Socket];
  server.close();
  return [near, far];
}

let sender: Socket;
let from: Socket;
let to: Socket;
let receiver: Socket;
beforeEach(async () => {
  [[sender, from], [to, receiver]] = await Promise.all([pair(), pair()]);
});
afterEach(() => {
  for (const socket of [sender, from, to, receiver]) socket.destroy();
});

test('drip: each byte comes alone, to one who reads in the same event loop', async () => {
  const flow = new Flow(from, to, true, {});
  flow.drip();
  const chunks: number[] = [];
  receiver.on('data', (chunk: Buffer) => chunks.push(chunk.length));
  sender.end('x'.repeat(300));
  await once(receiver, 'end');
  expect(chunks.reduce((sum, length) => sum + length, 0)).toBe(300);
  expect(chunks.filter((length) => length === 1).length).toBeGreaterThan(250);
  await flow.finished;
});

test('what is held comes when it is released, and the end after it', async () => {
  const flow = new Flow(from, to, true, {});
  flow.hold();
  let text = '';
  receiver.setEncoding('latin1').on('data', (more: string) => (text += more));
  sender.end('held');
  await once(from, 'end');
  expect(flow.passes).toBe(false);
  await flow.insert(Buffer.from('first '));
  await expect.poll(() => text).toBe('first ');
  flow.release();
  await once(receiver, 'end');
  expect(text).toBe('first held');
  await flow.finished;
});

test('a receiver that is gone ends the sender', async () => {
  const flow = new Flow(from, to, true, {});
  to.on('error', () => {});
  // As a link has it, the other direction carries the end back.
  void new Flow(to, from, true, {});
  receiver.resetAndDestroy();
  sender.resume();
  await once(sender, 'end');
  await flow.finished;
  expect(from.destroyed).toBe(true);
});
