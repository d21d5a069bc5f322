import { equal, InterfaceValue, type Value } from '../../../harness/value/index.js';
import type { Shrunk, ValueNode } from './node.js';
import type { Run } from './run.js';
import { cuts } from './shrink-text.js';

/** One of some values, each as likely; the first ones are the simplest. */
export class OneOfNode implements ValueNode {
  readonly #values: readonly [Value, ...Value[]];

  constructor(values: readonly [Value, ...Value[]]) {
    this.#values = values;
  }

  make(run: Run): Value {
    return this.#values.length === 1 ? this.#values[0] : run.pick(this.#values);
  }

  *shrink(value: Value): Generator<Shrunk> {
    for (const each of this.#values) {
      if (equal(each, value)) return;
      yield { value: each };
    }
  }

  simplest(): Value {
    return this.#values[0];
  }
}

const BYTES = [
  [],
  [0],
  [0xff],
  [0x61],
  [0, 0xff],
  [0xef, 0xbb, 0xbf],
  [0x89, 0x50, 0x4e, 0x47],
  [1, 2, 3],
].map((bytes) => Uint8Array.from(bytes));
/** Sizes of buffers, and one off. */
const SIZES = [15, 16, 17, 255, 256, 4095, 4096, 4097];
const LONGEST = 1 << 20;
const SHORT = 12;

export class BytesNode implements ValueNode {
  make(run: Run): Value {
    if (run.takes('text')) return new Uint8Array(LONGEST).fill(run.below(256));
    if (run.plain || run.chance(60)) return run.pick(BYTES);
    const length = run.chance(12) ? run.pick(SIZES) : run.below(SHORT);
    const bytes = new Uint8Array(length);
    if (length > SHORT) return bytes.fill(run.below(256));
    for (let index = 0; index < length; index++) bytes[index] = run.below(256);
    return bytes;
  }

  *shrink(value: Value): Generator<Shrunk> {
    if (!(value instanceof Uint8Array)) return;
    const zeros = new Uint8Array(value.length);
    for (const [from, to] of cuts(value.length, 0)) {
      const fewer = new Uint8Array(value.length - (to - from));
      fewer.set(value.subarray(0, from));
      fewer.set(value.subarray(to), from);
      yield { value: fewer };
    }
    if (value.every((byte) => byte === 0)) return;
    yield { value: zeros };
    if (value.length > LONGEST / 64) return;
    for (const [index, byte] of value.entries()) if (byte !== 0) yield { value: value.with(index, 0) };
  }

  simplest(): Value {
    return new Uint8Array();
  }
}

/** Nil, and now and then a basic value: Go has registered those with gob in every program (`registerBasics`). */
export const ANYTHING: ValueNode = new OneOfNode([
  null,
  new InterfaceValue('string', ''),
  new InterfaceValue('string', 'a'),
  new InterfaceValue('int', 0),
  new InterfaceValue('int', -1),
  new InterfaceValue('bool', true),
  new InterfaceValue('float64', 0.5),
]);

export const BOOLS: ValueNode = new OneOfNode([false, true]);
export const NIL: ValueNode = new OneOfNode([null]);
