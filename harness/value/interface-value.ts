import type { Value } from './value.js';

/** A non-nil Go interface value: the concrete type's registered gob name, and what it holds. */
export class InterfaceValue {
  /** The name given to `gob.Register` or derived by it, such as `*main.LampError` or `string`. */
  readonly typeName: string;
  readonly value: Value;

  constructor(typeName: string, value: Value) {
    this.typeName = typeName;
    this.value = value;
  }
}
