import { describe, expect, it } from 'vitest';

import {
  array,
  BOOL,
  BYTES,
  COMPLEX,
  FLOAT,
  INT,
  INTERFACE,
  map,
  slice,
  STRING,
  struct,
  typeToString,
  UINT,
  type GobType,
} from './index.js';

const list = struct('List', { V: INT });
list.fields.push({ name: 'Next', type: list });
const nameless = struct('', {});
nameless.fields.push({ name: 'Self', type: nameless });

describe('typeToString', () => {
  it.each<[GobType, string]>([
    [BOOL, 'bool'],
    [INT, 'int'],
    [UINT, 'uint'],
    [FLOAT, 'float'],
    [COMPLEX, 'complex'],
    [STRING, 'string'],
    [BYTES, '[]byte'],
    [INTERFACE, 'interface{}'],
    [slice(array(3, map(STRING, INTERFACE))), '[][3]map[string]interface{}'],
    [struct('Empty', {}), 'struct Empty {}'],
    [struct('', { A: INT, B: slice(STRING) }), 'struct { A int; B []string }'],
    [list, 'struct List { V int; Next List }'],
    [nameless, 'struct { Self struct {…} }'],
    [map(STRING, list), 'map[string]struct List { V int; Next List }'],
    [{ kind: 'gobEncoder', name: 'Time' }, 'Time (GobEncoder)'],
    [{ kind: 'binaryMarshaler', name: '' }, 'BinaryMarshaler'],
    [{ kind: 'textMarshaler', name: 'T' }, 'T (TextMarshaler)'],
    [struct('\u001b[31m', { 'A\n': INT }), 'struct \\u001b[31m { A\\n int }'],
  ])('%#', (type, text) => {
    expect(typeToString(type)).toBe(text);
  });

  it('cuts off what is too long or too deep', () => {
    const wide = struct(
      'Wide',
      Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`Field${i}`, INT])),
    );
    expect(typeToString(wide)).toMatch(/^struct Wide \{ Field0 int; .*…$/);
    expect(typeToString(wide).length).toBeLessThanOrEqual(2001);
    let nest: GobType = INT;
    for (let i = 0; i < 10_000; i++) nest = slice(nest);
    expect(typeToString(nest)).toMatch(/^(\[\])+…$/);
    let doubling: GobType = INT;
    for (let i = 0; i < 40; i++) doubling = map(doubling, doubling);
    expect(typeToString(doubling).length).toBeLessThanOrEqual(2001);
  });
});
