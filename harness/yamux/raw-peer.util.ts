import type { Socket } from 'node:net';

import { expect, onTestFinished } from 'vitest';

import { eventually } from './eventually.util.js';
import { naiveDecode, naiveEncode, type NaiveFrame } from './codec.util.js';
import { YamuxSession, type YamuxSessionOptions } from './index.js';
import { socketPair } from './transport.util.js';

export const DATA = 0;
export const WINDOW = 1;
export const PING = 2;
export const GO_AWAY = 3;
export const SYN = 1;
export const ACK = 2;
export const FIN = 4;
export const RST = 8;

/** A peer that says what a test wants it to say, at the other end of a session. */
export interface RawPeer {
  readonly session: YamuxSession;
  readonly socket: Socket;
  /** One frame; a string is the payload of a data frame, a number the length field. */
  readonly send: (
    type: number,
    flags: number,
    streamId: number,
    value?: string | Uint8Array | number,
  ) => void;
  /** All frames that came until now. */
  readonly received: () => NaiveFrame[];
  /** Waits for a frame with these fields. */
  readonly gets: (frame: Partial<NaiveFrame>) => Promise<void>;
  /** Waits until all that was sent before has taken effect: a ping of its own is answered. */
  readonly settled: () => Promise<void>;
}

/** A session whose peer is a raw socket; both end with the test. The session is the client unless told otherwise. */
export async function rawPeer(options: Partial<YamuxSessionOptions> = {}): Promise<RawPeer> {
  const [near, far] = await socketPair();
  const session = new YamuxSession(near, { role: 'client', ...options });
  onTestFinished(() => session.destroy());
  const frames: NaiveFrame[] = [];
  let rest = Buffer.alloc(0);
  far.on('error', () => {});
  far.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    const decoded = naiveDecode(rest, 1 << 20);
    frames.push(...decoded.frames);
    rest = rest.subarray(rest.length - decoded.rest);
  });
  const received = (): NaiveFrame[] => [...frames];
  const send: RawPeer['send'] = (type, flags, streamId, value = 0) => {
    const payload = typeof value === 'number' ? new Uint8Array(0) : Buffer.from(value);
    const length = typeof value === 'number' ? value : payload.length;
    far.write(naiveEncode({ type, flags, streamId, length, payload }));
  };
  const gets: RawPeer['gets'] = (frame) =>
    eventually(received).toContainEqual(expect.objectContaining(frame));
  let pings = 0xffff_0000;
  const settled = (): Promise<void> => {
    send(PING, SYN, 0, ++pings);
    return gets({ type: PING, flags: ACK, length: pings });
  };
  return { session, socket: far, send, received, gets, settled };
}
