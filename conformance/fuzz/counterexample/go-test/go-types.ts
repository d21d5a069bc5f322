import { mayBeNil } from '../../../../harness/contract/index.js';
import type { GobType, StructType } from '../../../../harness/gob/index.js';

const BASIC: Readonly<Record<string, string>> = {
  bool: 'bool',
  int: 'int64',
  uint: 'uint64',
  float: 'float64',
  complex: 'complex128',
  bytes: '[]byte',
  string: 'string',
  interface: 'any',
};

/**
 * Gob types as Go types whose fields have the same names: gob compares nothing else. Every struct gets a name, since
 * gofmt lays anonymous ones out in ways of its own.
 */
export class GoTypes {
  readonly #prefix: string;
  readonly #names = new Map<GobType, string>();
  readonly #taken = new Set<string>();
  readonly #open: GobType[] = [];
  readonly #declarations: string[] = [];
  #needsTopLevel = false;

  /** @param prefix - of every name, for a place where other names are */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Each type after those that it is made of, as far as that is possible. */
  get declarations(): readonly string[] {
    return this.#declarations;
  }

  /** Whether there are types that are made of each other: Go has these outside of functions only. */
  get needsTopLevel(): boolean {
    return this.#needsTopLevel;
  }

  /** How a type is referred to. @param hint - its name, where the contract has none */
  text(type: GobType, hint: string): string {
    const known = this.#names.get(type);
    if (known !== undefined) {
      if (this.#open.includes(type) && this.#open.at(-1) !== type) this.#needsTopLevel = true;
      return known;
    }
    const declared =
      'name' in type && type.name !== '' ? type.name : type.kind === 'struct' ? hint : undefined;
    if (declared === undefined) return this.#written(type, hint);
    const name = this.#unique(declared);
    this.#names.set(type, name);
    this.#open.push(type);
    const written = type.kind === 'struct' ? this.#fields(type, name) : this.#written(type, name);
    this.#open.pop();
    this.#declarations.push(`type ${name} ${written}`);
    return name;
  }

  /** The type of a field or an element: a pointer where the type contains itself. */
  part(type: GobType, hint: string): string {
    return mayBeNil(type) ? `*${this.text(type, hint)}` : this.text(type, hint);
  }

  #written(type: GobType, hint: string): string {
    switch (type.kind) {
      case 'slice':
        return `[]${this.text(type.elem, `${hint}Item`)}`;
      case 'array':
        return `[${type.length}]${this.part(type.elem, `${hint}Item`)}`;
      case 'map':
        return `map[${this.text(type.key, `${hint}Key`)}]${this.text(type.elem, `${hint}Value`)}`;
      case 'struct':
        return this.#fields(type, hint);
      default:
        // Contracts declare no types that encode themselves.
        return BASIC[type.kind] ?? '[]byte';
    }
  }

  #fields({ fields }: StructType, hint: string): string {
    if (fields.length === 0) return 'struct{}';
    const lines = fields.map(({ name, type }) => [name, this.part(type, `${hint}${name}`)] as const);
    return `struct {\n${aligned(lines)}}`;
  }

  #unique(wish: string): string {
    const letters = wish.replaceAll(/[^\p{L}\p{Nd}_]/gu, '');
    const plain = `${this.#prefix}${/^\p{Lu}/u.test(letters) ? letters : `T${letters}`}`;
    let name = plain;
    for (let number = 2; this.#taken.has(name); number++) name = `${plain}${number}`;
    this.#taken.add(name);
    return name;
  }
}

/** Lines of `name type`, as gofmt has them: with the types below each other. */
export function aligned(lines: readonly (readonly [name: string, type: string])[]): string {
  const widest = Math.max(...lines.map(([name]) => Array.from(name).length));
  return lines
    .map(([name, type]) => `\t${name}${' '.repeat(widest - Array.from(name).length + 1)}${type}\n`)
    .join('');
}
