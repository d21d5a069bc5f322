import type { Duplex } from 'node:stream';
import { Decoder } from '../../../harness/gob/index.js';
import { FrameDecoder, FRAME_TYPE } from '../../../harness/yamux/index.js';
import { CONTROL_STREAM } from './conversation.js';
import type { WireCase, WirePart } from './wire-case.js';

/** How long the sender of a malformed conversation waits, in ms. */
export interface Patience {
  /** For the plugin's answer to Dispense. */
  readonly answerMs: number;
  /** For the plugin to take in what was sent, before the sender goes away. */
  readonly lingerMs: number;
}

/** No broker's answer is longer, with all that stands before it on the control stream; in bytes. */
const MAX_ANSWER = 64 * 1024;

/**
 * Sends a malformed conversation. Whatever comes back is read, and all but the broker id dropped.
 *
 * @returns the socket, when it is to be held; else it is gone
 */
export async function play(
  socket: Duplex,
  wireCase: WireCase,
  patience: Patience,
): Promise<Duplex | undefined> {
  const over = closed(socket);
  const answered = brokerIdFrom(socket);
  try {
    for (const part of wireCase.parts) {
      const id = part.dispensed ? await first(answered, over, patience.answerMs) : undefined;
      if (socket.destroyed) return undefined;
      const written = write(socket, withBrokerId(part, id ?? wireCase.brokerId));
      // A plugin that reads no more is not waited for.
      await first(written, over, patience.answerMs);
    }
    if (wireCase.ending === 'half-close') socket.end();
    if (wireCase.ending !== 'close') await first(over, over, patience.lingerMs);
    return wireCase.ending === 'hold' && !socket.destroyed ? socket : undefined;
  } finally {
    if (wireCase.ending !== 'hold') socket.destroy();
  }
}

function withBrokerId({ bytes, brokerIdAt }: WirePart, id: number): Uint8Array {
  const filled = Buffer.from(bytes);
  for (const at of brokerIdAt) filled.writeUInt32LE(id, at);
  return filled;
}

/** Resolves with the first broker id that the plugin answers on the control stream, if it ever does. */
function brokerIdFrom(socket: Duplex): Promise<number> {
  return new Promise((resolve) => {
    const frames = new FrameDecoder();
    const gob = new Decoder({ limits: { maxMessageBytes: MAX_ANSWER } });
    let isRead = false;
    socket.on('data', (chunk: Buffer) => {
      if (isRead) return;
      try {
        frames.push(chunk, (header, payload) => {
          if (isRead || header.type !== FRAME_TYPE.data || header.streamId !== CONTROL_STREAM) return;
          for (const { type, value } of gob.push(payload)) {
            if (type.kind !== 'uint' || typeof value !== 'number' || value > 0xffff_ffff) continue;
            isRead = true;
            resolve(value);
          }
        });
      } catch {
        // What it answers to nonsense is its own affair.
        isRead = true;
      }
    });
  });
}

function write(socket: Duplex, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    socket.write(bytes, () => resolve());
  });
}

function closed(socket: Duplex): Promise<undefined> {
  return new Promise((resolve) => {
    const done = (): void => resolve(undefined);
    socket.on('error', done).on('end', done).on('close', done);
  });
}

/** What comes first: the wish, the end, or, after some time, neither. */
async function first<T>(wish: Promise<T>, end: Promise<undefined>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([wish, end, late]);
  } finally {
    clearTimeout(timer);
  }
}
