import { escapeControls } from '../quote.js';
import type { GobType } from './types.js';

/** Where a type is cut off with `…`: it may come from a peer, and unfold almost without end. */
const MAX_LENGTH = 2000;
const MAX_NESTING = 50;

/**
 * A type in Go's notation: `struct Point { X int; Y int }`, `map[string][]float`, `[4]uint`. A struct is written out
 * where it first appears, and by name after that. A type that encodes itself is its name: `Time (GobEncoder)`.
 */
export function typeToString(type: GobType): string {
  const printer = new Printer();
  printer.print(type, 0);
  return printer.text.length <= MAX_LENGTH ? printer.text : `${printer.text.slice(0, MAX_LENGTH)}…`;
}

const OPAQUE = {
  gobEncoder: 'GobEncoder',
  binaryMarshaler: 'BinaryMarshaler',
  textMarshaler: 'TextMarshaler',
} as const;

class Printer {
  text = '';
  readonly #seen = new Set<GobType>();

  print(type: GobType, nesting: number): void {
    if (nesting > MAX_NESTING || this.text.length > MAX_LENGTH) {
      this.text += '…';
      return;
    }
    switch (type.kind) {
      case 'bytes':
        this.text += '[]byte';
        break;
      case 'interface':
        this.text += 'interface{}';
        break;
      case 'slice':
        this.text += '[]';
        this.print(type.elem, nesting + 1);
        break;
      case 'array':
        this.text += `[${type.length}]`;
        this.print(type.elem, nesting + 1);
        break;
      case 'map':
        this.text += 'map[';
        this.print(type.key, nesting + 1);
        this.text += ']';
        this.print(type.elem, nesting + 1);
        break;
      case 'struct':
        this.#printStruct(type, nesting);
        break;
      case 'gobEncoder':
      case 'binaryMarshaler':
      case 'textMarshaler':
        this.text +=
          type.name === '' ? OPAQUE[type.kind] : `${escapeControls(type.name)} (${OPAQUE[type.kind]})`;
        break;
      default:
        this.text += type.kind;
    }
  }

  #printStruct(type: GobType & { kind: 'struct' }, nesting: number): void {
    const name = escapeControls(type.name);
    if (this.#seen.has(type)) {
      this.text += name === '' ? 'struct {…}' : name;
      return;
    }
    this.#seen.add(type);
    this.text += name === '' ? 'struct {' : `struct ${name} {`;
    for (const [index, field] of type.fields.entries()) {
      if (this.text.length > MAX_LENGTH) break;
      this.text += `${index === 0 ? '' : ';'} ${escapeControls(field.name)} `;
      this.print(field.type, nesting + 1);
    }
    this.text += type.fields.length === 0 ? '}' : ' }';
  }
}
