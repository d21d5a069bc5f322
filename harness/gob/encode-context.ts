import type { Value } from '../value/index.js';
import { BASIC_IDS } from './bootstrap.js';
import { BASIC_REGISTRY, type Registry } from './registry.js';
import { TypeIds, typeParts } from './type-ids.js';
import type { DefinedType, GobType } from './types.js';
import { writeDefinition } from './write-definition.js';
import { Writer } from './writer.js';

/**
 * Writes one value of a certain type, also if it is zero. `depth` is how many structs, lists, maps and interfaces it
 * lies in.
 *
 * @throws Misfit
 */
export type EncodeFunction = (
  context: EncodeContext,
  writer: Writer,
  value: Value | undefined,
  depth: number,
) => void;

/** What the encode functions of one stream share. */
export class EncodeContext {
  /** The bytes for the stream. */
  readonly out = new Writer();
  /** The encode function of a type; handed in, since those functions need it themselves. */
  readonly functionFor: (type: GobType) => EncodeFunction;
  readonly #registry: Registry;
  readonly #ids: TypeIds;
  readonly #sent = new Set<GobType>();
  #sentNow: GobType[] = [];
  /** Where complete messages go: the stream or, inside an interface value, the message that it is in. */
  #outer: Writer = this.out;
  readonly #spare: Writer[] = [];

  constructor(
    registry: Registry,
    firstTypeId: number | undefined,
    functionFor: (type: GobType) => EncodeFunction,
  ) {
    this.#registry = registry;
    this.#ids = new TypeIds(firstTypeId);
    this.functionFor = functionFor;
  }

  registered(name: string): GobType | undefined {
    return this.#registry.get(name) ?? BASIC_REGISTRY.get(name);
  }

  /**
   * Writes a value with its type's id in front, and the definitions that the peer has not got. `message` is what was
   * written of the message so far: as in Go, the first definition ends it, in the middle of a value too (encoder.go,
   * `sendActualType`).
   */
  writeTypeId(message: Writer, type: GobType): void {
    if (!this.#sent.has(type) && BASIC_IDS[type.kind] === undefined) this.#define(message, type);
    message.int(this.#ids.of(type));
  }

  /** Writes a value as a message of its own into `message`, as the content of an interface. */
  writeNested(message: Writer, type: GobType, value: Value, depth: number): void {
    const outer = this.#outer;
    const nested = this.#spare.pop() ?? new Writer();
    this.#outer = message;
    this.writeTop(nested, type, value, depth);
    this.#outer = outer;
    message.message(nested);
    nested.reset();
    this.#spare.push(nested);
  }

  /** A value that is no struct has a 0 in front (encode.go, `encodeSingle`). */
  writeTop(message: Writer, type: GobType, value: Value, depth: number): void {
    if (type.kind !== 'struct') message.uint(0);
    this.functionFor(type)(this, message, value, depth);
  }

  /** What was sent is known to the peer from now on. */
  commit(): void {
    if (this.#sentNow.length > 0) this.#sentNow = [];
  }

  /** Nothing was sent. */
  rollBack(): void {
    for (const type of this.#sentNow) this.#sent.delete(type);
    this.#sentNow = [];
    this.#outer = this.out;
    this.out.reset();
  }

  /** Each type before the types that it is made of, as Go does. */
  #define(message: Writer, root: GobType): void {
    const waiting = [root];
    for (let type = waiting.pop(); type !== undefined; type = waiting.pop()) {
      if (BASIC_IDS[type.kind] !== undefined || this.#sent.has(type)) continue;
      this.#sent.add(type);
      this.#sentNow.push(type);
      message.int(-this.#ids.of(type));
      writeDefinition(message, type as DefinedType, this.#ids);
      this.#outer.message(message);
      message.reset();
      waiting.push(...typeParts(type).toReversed());
    }
  }
}
