import { expect, test } from 'vitest';

import { StreamIds } from './stream-ids.js';

const none = (): boolean => false;

test('the client has odd ids, the server even ones, nobody 0', () => {
  const [client, server] = [new StreamIds('client'), new StreamIds('server')];
  expect([client.next(none), client.next(none), server.next(none), server.next(none)]).toEqual([1, 3, 2, 4]);
});

test('passes over ids that the peer took', () => {
  expect(new StreamIds('client').next((id) => id < 6)).toBe(7);
});

test("ends where Go's ids end", () => {
  const ids = new StreamIds('client', 0xffff_fffd);
  expect(ids.next(none)).toBe(0xffff_fffd);
  expect(() => ids.next(none)).toThrow(expect.objectContaining({ code: 'YAMUX_STREAMS_EXHAUSTED' }));
});
