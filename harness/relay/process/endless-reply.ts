import { FRAME_TYPE } from '../../yamux/constants.js';
import { encodeHeader } from '../../yamux/encode.js';
import type { Connections, Seen } from './connections.js';

/** gob's length of a message, 1 GiB less one byte: minus the count of bytes, and the bytes (encoding/gob, encodeUint). */
const LENGTH = Uint8Array.of(0xfc, 0x3f, 0xff, 0xff, 0xff);

/** So slow that a host which reads nothing has its window open for many minutes. */
const EVERY_MS = 100;
const BYTES = 16;
/** Half of a stream's first window (harness/yamux, INITIAL_WINDOW): so much a host takes without reading. */
const MAX_BYTES = 128 * 1024;

/** Puts an endless message in the place of all that the plugin says on one stream, and releases the others. */
export async function replyEndlessly(
  connections: Connections,
  { seen, streamId }: { readonly seen: Seen; readonly streamId: number },
): Promise<void> {
  const { link } = seen;
  const send = (payload: Uint8Array): Promise<void> => {
    const header = { type: FRAME_TYPE.data, flags: 0, streamId, length: payload.length };
    return link.down.insert(Buffer.concat([encodeHeader(header), payload]));
  };
  seen.droppedStream = streamId;
  await send(LENGTH);
  connections.release();
  let bytes = 0;
  const timer = setInterval(() => {
    void send(new Uint8Array(BYTES));
    bytes += BYTES;
    if (bytes >= MAX_BYTES) clearInterval(timer);
  }, EVERY_MS);
  link.onClosed(() => clearInterval(timer));
}
