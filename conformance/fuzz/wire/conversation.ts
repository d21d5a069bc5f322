import type { Duplex } from 'node:stream';
import { Connection } from '../../../harness/client/index.js';
import type { PluginContract } from '../../../harness/contract/index.js';
import { Decoder, STRING, type Decoded } from '../../../harness/gob/index.js';
import { textOf } from '../../../harness/netrpc/index.js';
import { Tape } from '../../../harness/tape/index.js';
import type { Value, ValueStruct } from '../../../harness/value/index.js';
import { FLAG, FrameDecoder, FRAME_TYPE, VERSION } from '../../../harness/yamux/index.js';
import { NO_SUCH_METHOD } from '../../subject/index.js';
import { intAt, uintWidth } from './gob-bytes.js';
import { recording } from './recorder.js';
import type { Part, Unit } from './unit.js';

/** Control, stdout and stderr: the streams that a host opens first (rpc_client.go, `NewRPCClient`). */
export const CONTROL_STREAM = 1;
const LAST_STANDARD_STREAM = 5;

/** Bytes of a brokered stream's id (mux_broker.go). */
const ID_BYTES = 4;

/** What is said in an honest conversation, besides Ping and Dispense. */
export interface Topic {
  /** The plugin that is dispensed. */
  readonly plugin: PluginContract;
  /** A call that may be made as often as one likes. */
  readonly call?: { readonly method: string; readonly args: Value };
}

/** What a host sends in a whole, honest conversation, frame by frame. */
export interface Conversation {
  readonly units: readonly Unit[];
  /** The broker id that the plugin answered. */
  readonly brokerId: number;
}

/**
 * Has an honest conversation over the socket, which it ends, and cuts what was sent into units.
 *
 * @throws RpcError, ConnectionError when the plugin does not play its part
 */
export async function recordConversation(
  socket: Duplex,
  topic: Topic,
  timeoutMs: number,
): Promise<Conversation> {
  const { link, sent } = recording(socket);
  const { name } = topic.plugin;
  const connection = new Connection(link, {
    callTimeoutMs: timeoutMs,
    plugins: new Map([[name, topic.plugin]]),
    tape: new Tape(),
  });
  try {
    await connection.streamsAccepted(timeoutMs);
    await connection.ping();
    const client = await connection.dispense(name);
    // Text, never nil: a nil argument to a missing method hangs stock net/rpc.
    await client.callRaw(NO_SUCH_METHOD, STRING, 'iglu-conformance').catch(() => {});
    for (let times = 0; topic.call && times < 2; times++) {
      await client.call(topic.call.method, topic.call.args).catch(() => {});
    }
    await connection.ping();
    return dissect(sent());
  } finally {
    connection.destroy();
  }
}

/** Cuts recorded bytes into units: one for each stream that is opened, for the broker's id, and for each gob message. */
export function dissect(sent: Uint8Array): Conversation {
  const units: Unit[] = [];
  const streams = new Map<number, StreamReader>();
  let dispensed = false;
  let brokerId = 0;
  new FrameDecoder().push(sent, (header, payload) => {
    const { streamId, flags } = header;
    if (streamId > LAST_STANDARD_STREAM) dispensed = true;
    const frame = {
      version: VERSION,
      type: header.type,
      flags,
      streamId,
      length: header.length,
      payload: EMPTY,
    };
    if (header.type === FRAME_TYPE.windowUpdate && flags & FLAG.syn) {
      streams.set(streamId, new StreamReader(streamId));
      units.push({ what: `the opening of stream ${streamId}`, part: 'open', frame, dispensed });
      return;
    }
    if (header.type !== FRAME_TYPE.data) return;
    for (const { what, part, bytes } of streams.get(streamId)?.push(payload) ?? []) {
      if (part === 'broker-id') brokerId = Buffer.from(bytes).readUInt32LE();
      units.push({ what, part, dispensed, frame: { ...frame, length: bytes.length, payload: bytes } });
    }
  });
  return { units, brokerId };
}

const EMPTY = new Uint8Array(0);

interface Piece {
  readonly what: string;
  readonly part: Part;
  readonly bytes: Uint8Array;
}

/** What one stream carries: a broker id first, where it is a brokered one, and then net/rpc. */
class StreamReader {
  readonly #decoder = new Decoder();
  #rest: Buffer = Buffer.alloc(0);
  #needsId: boolean;
  /** The method that the last header named, until its body has come. */
  #method: string | undefined;

  constructor(streamId: number) {
    this.#needsId = streamId > LAST_STANDARD_STREAM;
  }

  push(payload: Uint8Array): Piece[] {
    this.#rest = Buffer.concat([this.#rest, payload]);
    const pieces: Piece[] = [];
    for (let size = this.#next(); size !== undefined; size = this.#next()) {
      const bytes = this.#rest.subarray(0, size);
      this.#rest = this.#rest.subarray(size);
      pieces.push(this.#piece(bytes));
    }
    return pieces;
  }

  /** The size of the next piece, once it is whole. */
  #next(): number | undefined {
    if (this.#rest.length === 0) return undefined;
    if (this.#needsId) return this.#rest.length < ID_BYTES ? undefined : ID_BYTES;
    const width = uintWidth(this.#rest, 0);
    if (this.#rest.length < width) return undefined;
    const length = width === 1 ? (this.#rest[0] ?? 0) : this.#rest.readUIntBE(1, width - 1);
    return this.#rest.length < width + length ? undefined : width + length;
  }

  #piece(bytes: Buffer): Piece {
    if (this.#needsId) {
      this.#needsId = false;
      return { what: 'the broker id', part: 'broker-id', bytes };
    }
    const [value] = this.#decoder.push(bytes);
    if (!value) {
      const id = -intAt(bytes, uintWidth(bytes, 0));
      return { what: `the definition of gob type ${id}`, part: 'definition', bytes };
    }
    if (this.#method !== undefined) {
      const what = `the body of ${this.#method}`;
      this.#method = undefined;
      return { what, part: 'body', bytes };
    }
    this.#method = methodOf(value);
    return { what: `the header of ${this.#method}`, part: 'header', bytes };
  }
}

function methodOf({ value }: Decoded): string {
  return textOf((value as ValueStruct)['ServiceMethod']);
}
