import type { Value } from '../value/index.js';
import { limitError, type GobLimits } from './limits.js';
import { Reader } from './reader.js';
import { TypeTable } from './type-table.js';
import type { GobType } from './types.js';

/**
 * Stands for a value that goes on in the stream's next message. Go ends a message behind each type definition, also
 * behind one in the middle of a value, in an interface (encoder.go, `sendActualType`). Whoever gets this from a
 * decode function leaves a frame in the context and hands it up.
 */
export const SUSPENDED: unique symbol = Symbol('gob: the value goes on in the next message');

/** Reads one value of a certain type; `depth` is how many structs, lists, maps and interfaces it lies in. */
export type DecodeFunction = (context: DecodeContext, depth: number) => Value | typeof SUSPENDED;

/** Where one struct, list, map or interface stopped, waiting for one part of it. */
export interface Frame {
  /** Goes on with that part. */
  resume(context: DecodeContext, part: Value): Value | typeof SUSPENDED;
}

/** What the decode functions of one stream share. */
export class DecodeContext {
  readonly reader: Reader;
  readonly types = new TypeTable();
  /** The type that came last with each concrete type's name. */
  readonly interfaceTypes = new Map<string, GobType>();
  /** The decode function of a type; handed in, since those functions need it themselves. */
  readonly functionFor: (type: GobType) => DecodeFunction;
  /** Of the value that is suspended, the innermost first. */
  #frames: Frame[] = [];

  constructor(limits: GobLimits, functionFor: (type: GobType) => DecodeFunction) {
    this.reader = new Reader(limits);
    this.functionFor = functionFor;
  }

  get suspended(): boolean {
    return this.#frames.length > 0;
  }

  suspend(frame: Frame): typeof SUSPENDED {
    this.#frames.push(frame);
    return SUSPENDED;
  }

  /** Goes on with the suspended value from the innermost frame outwards, until it is there or suspended again. */
  resume(): Value | typeof SUSPENDED {
    const frames = this.#frames;
    this.#frames = [];
    // The innermost frame waits for an interface's type, not for a part: what it is given means nothing.
    let value: Value | typeof SUSPENDED = null;
    for (const [index, frame] of frames.entries()) {
      value = frame.resume(this, value);
      if (value === SUSPENDED) {
        this.#frames.push(...frames.slice(index + 1));
        break;
      }
    }
    return value;
  }

  noteInterfaceType(name: string, type: GobType): void {
    const { limits } = this.reader;
    this.interfaceTypes.set(name, type);
    const { size } = this.interfaceTypes;
    if (size > limits.maxTypes)
      throw limitError('the names of concrete types on the stream', size, 'maxTypes', limits);
  }
}
