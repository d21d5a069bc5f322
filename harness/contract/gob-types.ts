import * as gob from '../gob/types.js';
import type { GobType } from '../gob/types.js';
import { didYouMean } from './did-you-mean.js';
import { refName, type Schema, type Scope } from './document.js';
import { invalidContract } from './errors.js';
import { kindOf } from './kind.js';
import { pointer } from './pointer.js';

/** Exported: gob sends no other fields (encoding/gob, "Types and Values"), net/rpc serves no other methods. */
const EXPORTED = /^\p{Lu}[\p{L}\p{Nd}_]*$/u;

const KEY_TYPES = { int: gob.INT, uint: gob.UINT, float: gob.FLOAT, bool: gob.BOOL } as const;

/** Reads the gob types of a contract's schemas. A named type is read once; recursion becomes a cyclic object graph. */
export class GobTypes {
  readonly #scope: Scope;
  readonly #named = new Map<string, GobType>();
  readonly #reading = new Set<string>();

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /**
   * The type of a named definition. `path` is where it is referred to.
   *
   * @throws ContractError when it is not there, or is no Go type
   */
  definition(name: string, path: string): GobType {
    const known = this.#named.get(name);
    if (known !== undefined) return known;
    const { source, definitions } = this.#scope;
    const schema = definitions.get(name);
    if (schema === undefined) {
      throw invalidContract(source, {
        path,
        found: `a reference to ${JSON.stringify(name)}, which is not in "$defs"`,
        expected: 'the name of a type in "$defs"',
        hint: didYouMean(name, definitions.keys()),
      });
    }
    if (this.#reading.has(name)) {
      throw invalidContract(source, {
        path,
        found: `the type ${name}, which refers to nothing but itself`,
        expected: 'a type: recursion has to pass through a struct, a slice or a map',
      });
    }
    this.#reading.add(name);
    const type = this.of(schema, pointer('/$defs', name), name);
    this.#reading.delete(name);
    this.#named.set(name, type);
    return type;
  }

  /**
   * The type of a schema in a place where a type is declared. `name` is its own, in `$defs`.
   *
   * @throws ContractError when it is no type that Go and gob have
   */
  of(schema: Schema, path: string, name = ''): GobType {
    if (schema.$ref !== undefined) return this.definition(refName(schema.$ref), pointer(path, '$ref'));
    const kind = kindOf(schema, path, this.#scope.source);
    switch (kind) {
      case 'struct':
        return this.#struct(schema, path, name);
      case 'map': {
        const type = gob.map(
          KEY_TYPES[schema.goKey as keyof typeof KEY_TYPES] ?? gob.STRING,
          gob.INTERFACE,
          name,
        );
        this.#remember(name, type);
        type.elem = this.of(schema.additionalProperties as Schema, pointer(path, 'additionalProperties'));
        return type;
      }
      case 'slice': {
        const type = gob.slice(gob.INTERFACE, name);
        this.#remember(name, type);
        type.elem = this.of(schema.items as Schema, pointer(path, 'items'));
        return type;
      }
      case 'array':
        return this.#array(schema, path, name);
      default:
        return kind === 'interface' ? gob.INTERFACE : BASIC_TYPES[kind];
    }
  }

  #remember(name: string, type: GobType): void {
    if (name !== '') this.#named.set(name, type);
  }

  #struct(schema: Schema, path: string, name: string): GobType {
    const type = gob.struct(name, {});
    this.#remember(name, type);
    for (const [field, of] of Object.entries(schema.properties ?? {})) {
      const at = pointer(path, 'properties', field);
      if (!EXPORTED.test(field)) throw this.#unexported(field, at);
      type.fields.push({ name: field, type: this.of(of, at) });
    }
    return type;
  }

  #array(schema: Schema, path: string, name: string): GobType {
    const type = gob.array(schema.minItems ?? 0, gob.INTERFACE, name);
    this.#remember(name, type);
    type.elem = this.of(schema.items as Schema, pointer(path, 'items'));
    for (let inner = type.elem; inner.kind === 'array'; inner = inner.elem) {
      if (inner !== type) continue;
      throw invalidContract(this.#scope.source, {
        path,
        found: 'an array that is an element of itself',
        expected: 'a type: recursion has to pass through a struct, a slice or a map',
      });
    }
    return type;
  }

  #unexported(field: string, path: string): Error {
    const capitalized = `${field.charAt(0).toUpperCase()}${field.slice(1)}`;
    return invalidContract(this.#scope.source, {
      path,
      found: `the field ${JSON.stringify(field)}`,
      expected: 'the name of an exported Go field, such as "UniqueID": gob does not send others',
      hint: EXPORTED.test(capitalized) ? `Did you mean ${JSON.stringify(capitalized)}?` : undefined,
    });
  }
}

const BASIC_TYPES = {
  bool: gob.BOOL,
  int: gob.INT,
  uint: gob.UINT,
  float: gob.FLOAT,
  complex: gob.COMPLEX,
  bytes: gob.BYTES,
  string: gob.STRING,
} as const;
