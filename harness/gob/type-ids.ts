import { BASIC_IDS } from './bootstrap.js';
import { FIRST_ENCODER_ID, LAST_TYPE_ID } from './constants.js';
import { GobError } from './errors.js';
import type { GobType } from './types.js';

interface Visit {
  readonly type: GobType;
  readonly parts: readonly GobType[];
  next: number;
}

/** The types that a type is made of, in the order in which Go looks at them. */
export function typeParts(type: GobType): readonly GobType[] {
  switch (type.kind) {
    case 'struct':
      return type.fields.map((field) => field.type);
    case 'map':
      return [type.key, type.elem];
    case 'array':
    case 'slice':
      return [type.elem];
    default:
      return [];
  }
}

/**
 * Gives types their ids in the order in which Go would (type.go, `newTypeObject`): a struct before its fields; an
 * array, slice or map after its parts, unless a recursive type asks for its id before.
 */
export class TypeIds {
  readonly #ids = new Map<GobType, number>();
  #next: number;

  constructor(first: number = FIRST_ENCODER_ID) {
    this.#next = first;
  }

  of(type: GobType): number {
    const known = BASIC_IDS[type.kind] ?? this.#ids.get(type);
    if (known !== undefined) return known;
    this.#assignAll(type);
    return this.#ids.get(type) as number;
  }

  /** A walk with a stack of its own: a type may be thousands of types deep. */
  #assignAll(root: GobType): void {
    const begun = new Set<GobType>();
    const path: Visit[] = [];
    const enter = (type: GobType): void => {
      if (begun.has(type) || this.#has(type)) return;
      begun.add(type);
      path.push({ type, parts: typeParts(type), next: 0 });
      if (type.kind === 'struct') this.#assign(type);
    };
    enter(root);
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const { type, parts } = visit;
      // Behind each field of a struct, and behind a slice's element, a type that is still without an id gets one.
      const before = parts[visit.next - 1];
      if (type.kind === 'struct' && before !== undefined) this.#assign(before);
      const part = parts[visit.next++];
      if (part !== undefined) {
        enter(part);
      } else {
        path.pop();
        this.#assign(type);
        if (type.kind === 'slice') this.#assign(type.elem);
      }
    }
  }

  #has(type: GobType): boolean {
    return BASIC_IDS[type.kind] !== undefined || this.#ids.has(type);
  }

  #assign(type: GobType): void {
    if (this.#has(type)) return;
    if (this.#next > LAST_TYPE_ID)
      throw new GobError('GOB_UNENCODABLE', `gob: the stream has no type id left`);
    this.#ids.set(type, this.#next++);
  }
}
