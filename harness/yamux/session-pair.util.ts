import { once } from 'node:events';
import type { Duplex } from 'node:stream';

import { onTestFinished } from 'vitest';

import { YamuxSession, type YamuxSessionOptions, type YamuxStream } from './index.js';

type Options = Partial<YamuxSessionOptions>;

/** A client and a server on the two ends of a transport; both end with the test. */
export function sessions(
  [near, far]: [Duplex, Duplex],
  client: Options = {},
  server: Options = {},
): [YamuxSession, YamuxSession] {
  const pair: [YamuxSession, YamuxSession] = [
    new YamuxSession(near, { role: 'client', ...client }),
    new YamuxSession(far, { role: 'server', ...server }),
  ];
  onTestFinished(() => pair.forEach((session) => session.destroy()));
  return pair;
}

/** A stream of theirs, both ends of it. */
export async function streamPair(
  client: YamuxSession,
  server: YamuxSession,
): Promise<[YamuxStream, YamuxStream]> {
  const delivered = once(server, 'stream') as Promise<[YamuxStream]>;
  const near = client.open();
  const [far] = await delivered;
  return [near, far];
}
