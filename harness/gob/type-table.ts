import { BOOTSTRAP_TYPES } from './bootstrap.js';
import { FIRST_USER_ID, LAST_TYPE_ID } from './constants.js';
import { GobError } from './errors.js';
import { limitError } from './limits.js';
import { readDefinition, type Definition } from './read-definition.js';
import type { Reader } from './reader.js';
import { INTERFACE, type GobType } from './types.js';

/** The types that the peer has defined on one stream. The same id gives the same GobType object each time. */
export class TypeTable {
  readonly #definitions = new Map<number, Definition>();
  readonly #types = new Map<number, GobType>(BOOTSTRAP_TYPES);
  #bytes = 0;

  /**
   * Reads a type definition behind its negated id.
   *
   * @throws GobError `GOB_MALFORMED`, `GOB_LIMIT`
   */
  define(reader: Reader, id: number): void {
    if (id < FIRST_USER_ID || id > LAST_TYPE_ID) {
      throw reader.malformed(
        `the type id ${id} is defined, a peer's own are ${FIRST_USER_ID} to ${LAST_TYPE_ID}`,
      );
    }
    if (this.#definitions.has(id)) throw reader.malformed(`the type id ${id} is defined a second time`);

    const { limits, pos } = reader;
    const count = this.#definitions.size + 1;
    if (count > limits.maxTypes)
      throw limitError('the types defined on the stream', count, 'maxTypes', limits);
    const definition = readDefinition(reader);
    this.#bytes += reader.pos - pos;
    if (this.#bytes > limits.maxTypeBytes) {
      throw limitError(
        'the bytes of the type definitions on the stream',
        this.#bytes,
        'maxTypeBytes',
        limits,
      );
    }
    this.#definitions.set(id, definition);
  }

  /**
   * The type of an id, with all that it is made of. A type's parts may be defined after it, and before a value.
   *
   * @throws GobError `GOB_UNKNOWN_TYPE`
   */
  resolve(id: number): GobType {
    const known = this.#types.get(id);
    if (known !== undefined) return known;
    const untied: [GobType, Definition][] = [];
    const type = this.#shell(id, untied);
    // A list, not recursion: a peer may chain types as far as maxTypes.
    for (let next = untied.pop(); next !== undefined; next = untied.pop()) this.#tie(...next, untied);
    return type;
  }

  /** The type without its parts, which go on the list. */
  #shell(id: number, untied: [GobType, Definition][]): GobType {
    const known = this.#types.get(id);
    if (known !== undefined) return known;
    const definition = this.#definitions.get(id);
    if (definition === undefined) {
      throw new GobError(
        'GOB_UNKNOWN_TYPE',
        `gob: the type id ${id} is used and was never defined on this stream`,
      );
    }
    const type = makeShell(definition);
    this.#types.set(id, type);
    untied.push([type, definition]);
    return type;
  }

  #tie(type: GobType, definition: Definition, untied: [GobType, Definition][]): void {
    if (definition.kind === 'struct' && type.kind === 'struct') {
      type.fields = definition.fields.map((field) => ({
        name: field.name,
        type: this.#shell(field.type, untied),
      }));
    }
    if ('elem' in definition && 'elem' in type) type.elem = this.#shell(definition.elem, untied);
    if ('key' in definition && 'key' in type) type.key = this.#shell(definition.key, untied);
  }
}

function makeShell(definition: Definition): GobType {
  const { kind, name } = definition;
  switch (kind) {
    case 'array':
      return { kind, name, elem: INTERFACE, length: definition.length };
    case 'slice':
      return { kind, name, elem: INTERFACE };
    case 'map':
      return { kind, name, key: INTERFACE, elem: INTERFACE };
    case 'struct':
      return { kind, name, fields: [] };
    default:
      return { kind, name };
  }
}
