import type { Value } from '../value/index.js';
import { DecodeContext, SUSPENDED } from './decode-context.js';
import { decodeFunction } from './decode-function.js';
import type { Decoded } from './decoded.js';
import { GobError } from './errors.js';
import { limitError, resolveLimits, type GobLimits } from './limits.js';
import { MessageSplitter } from './message-splitter.js';
import type { GobType } from './types.js';

export interface DecoderOptions {
  /** See {@link GobLimits} for the defaults. */
  readonly limits?: Partial<GobLimits>;
}

/**
 * Reads one gob stream of whatever types the peer defines on it. It does no input or output and trusts nothing: all
 * it ever throws is a GobError, in time and memory bounded by its limits.
 *
 * It takes what Go's decoder takes: like it, it does not mind bytes behind a value in its message, nor a struct
 * without its terminator at a message's end.
 */
export class Decoder {
  readonly #limits: GobLimits;
  readonly #splitter: MessageSplitter;
  readonly #context: DecodeContext;
  /** The type of the value that is suspended. */
  #type: GobType | undefined;
  /** Bytes of the messages that the value is spread over. */
  #valueBytes = 0;
  /** Whether a type definition came and no value after it. */
  #awaitsValue = false;
  #failure: GobError | undefined;

  constructor(options: DecoderOptions = {}) {
    this.#limits = resolveLimits(options.limits);
    this.#splitter = new MessageSplitter(this.#limits);
    this.#context = new DecodeContext(this.#limits, decodeFunction);
  }

  /** For each concrete type's name that an interface value came with: its type, as last sent. */
  get interfaceTypes(): ReadonlyMap<string, GobType> {
    return this.#context.interfaceTypes;
  }

  /**
   * Takes the next bytes of the stream, however they are cut, and returns the values that they complete. What is not
   * on the wire because it is zero is filled in. The chunk is not kept.
   *
   * @throws GobError `GOB_MALFORMED`, `GOB_UNKNOWN_TYPE`, `GOB_LIMIT`; its `decoded` has the values of this chunk
   * that were complete before. The stream cannot go on: each later call throws the same code.
   */
  push(chunk: Uint8Array): Decoded[] {
    this.#throwFailure();
    const decoded: Decoded[] = [];
    try {
      this.#splitter.add(chunk);
      while (this.#splitter.next()) this.#readMessage(decoded);
      this.#splitter.keep();
    } catch (error) {
      if (!(error instanceof GobError)) throw error;
      this.#failure = error;
      throw decoded.length === 0 ? error : new GobError(error.code, error.message, { decoded });
    } finally {
      this.#context.reader.leave();
    }
    return decoded;
  }

  /**
   * Says that the stream has ended.
   *
   * @throws GobError `GOB_TRUNCATED` inside a message, inside a value, or between a type definition and its value
   */
  end(): void {
    this.#throwFailure();
    const problem = this.#unfinished();
    if (problem === undefined) return;
    this.#failure = new GobError('GOB_TRUNCATED', `gob: the stream ends ${problem}`);
    throw this.#failure;
  }

  #unfinished(): string | undefined {
    if (this.#splitter.pending > 0) return `inside a message, of which ${this.#splitter.pending} bytes came`;
    if (this.#context.suspended) return 'inside a value that goes on in another message';
    return this.#awaitsValue ? 'behind a type definition, without a value' : undefined;
  }

  #readMessage(decoded: Decoded[]): void {
    const { bytes, start, end } = this.#splitter;
    const context = this.#context;
    const { reader } = context;
    reader.enter(bytes, start, end);
    this.#valueBytes += end - start;
    if (this.#valueBytes > this.#limits.maxMessageBytes) {
      throw limitError(
        'the bytes of the messages of one value',
        this.#valueBytes,
        'maxMessageBytes',
        this.#limits,
      );
    }
    const value = context.suspended ? context.resume() : this.#begin();
    if (value === SUSPENDED) return;
    if (value !== undefined) decoded.push({ type: this.#type as GobType, value });
    this.#valueBytes = 0;
  }

  /** Reads a message that begins a value, or one that only defines a type: then there is no value. */
  #begin(): Value | typeof SUSPENDED | undefined {
    const context = this.#context;
    const { reader } = context;
    const id = Number(reader.int());
    this.#awaitsValue = id < 0;
    if (id < 0) {
      context.types.define(reader, -id);
      // decoder.go, decodeTypeSequence: "extra data in buffer"
      if (reader.pos < reader.end) throw reader.malformed('more follows a type definition in its message');
      return undefined;
    }
    const type = context.types.resolve(id);
    this.#type = type;
    reader.beginValue();
    if (type.kind !== 'struct' && reader.uintNumber() !== 0) {
      throw reader.malformed('a value that is no struct does not begin with a 0');
    }
    return context.functionFor(type)(context, 0);
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) {
      const { code, message } = this.#failure;
      throw new GobError(code, `${message} (the stream had failed before)`);
    }
  }
}
