import type { Value } from '../value/index.js';
import { EncodeContext } from './encode-context.js';
import { encodeFunction } from './encode-function.js';
import { GobError } from './errors.js';
import { Misfit } from './misfit.js';
import { typeToString } from './print.js';
import type { Registry } from './registry.js';
import type { GobType } from './types.js';
import { Writer } from './writer.js';

export interface EncoderOptions {
  /** The concrete types that interface values may have, beside those that every Go program has registered. */
  readonly registry?: Registry;
  /** The id of the first type that is defined: 65, as in gob's documentation. Go itself begins at 64 of late. */
  readonly firstTypeId?: number;
}

/** Writes one gob stream, as Go's `gob.Encoder` does. Types must not change after their first use. */
export class Encoder {
  readonly #context: EncodeContext;
  readonly #message = new Writer();

  constructor(options: EncoderOptions = {}) {
    this.#context = new EncodeContext(options.registry ?? new Map(), options.firstTypeId, encodeFunction);
  }

  /**
   * The bytes of a value as the stream's next: the definitions of the types that were not sent yet, and the message
   * with the value.
   *
   * Structs are plain objects, and a field that is missing is zero. Integers are numbers or bigints. A map is a Map,
   * or an object if its keys are strings or integers. `null` is a nil interface and, in a struct's field, a nil
   * pointer, slice or map.
   *
   * @throws GobError `GOB_UNENCODABLE` with the path to what does not fit. Nothing counts as sent then.
   */
  encode(type: GobType, value: Value): Uint8Array {
    this.#encodeOne(type, value);
    return this.#take();
  }

  /** As {@link encode} for several values, such as a header and its body: if one does not fit, none is encoded. */
  encodeAll(values: readonly (readonly [type: GobType, value: Value])[]): Uint8Array {
    for (const [type, value] of values) this.#encodeOne(type, value);
    return this.#take();
  }

  #take(): Uint8Array {
    const context = this.#context;
    const bytes = context.out.take();
    context.out.reset();
    context.commit();
    return bytes;
  }

  #encodeOne(type: GobType, value: Value): void {
    const context = this.#context;
    const message = this.#message;
    message.reset();
    try {
      context.writeTypeId(message, type);
      context.writeTop(message, type, value, 0);
      context.out.message(message);
    } catch (error) {
      context.rollBack();
      if (!(error instanceof Misfit)) throw error;
      const { path, problem } = error;
      const where = path === '' ? '' : ` at ${shorten(path)}`;
      const text = `gob: cannot encode a value as ${typeToString(type)}${where}: ${problem}`;
      throw new GobError('GOB_UNENCODABLE', text, { path });
    }
  }
}

/** A path can have a thousand steps. */
function shorten(path: string): string {
  return path.length <= 200 ? path : `${path.slice(0, 100)}…${path.slice(-100)}`;
}
