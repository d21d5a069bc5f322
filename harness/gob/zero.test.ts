import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Complex } from '../value/index.js';
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
  zeroValue,
  type GobType,
  type StructType,
} from './index.js';
import { zeroShape } from './recursion.js';

/** Struct types that may refer to each other: the fields of each, by the names of the types. */
function tie(
  fields: Record<string, (types: Record<string, StructType>) => Record<string, GobType>>,
): Record<string, StructType> {
  const types = Object.fromEntries(Object.keys(fields).map((name) => [name, struct(name, {})]));
  for (const [name, make] of Object.entries(fields)) types[name]!.fields = struct('', make(types)).fields;
  return types;
}

describe('zeroValue', () => {
  it('of each kind', () => {
    const all = struct('All', {
      Bool: BOOL,
      Int: INT,
      Float: FLOAT,
      Complex: COMPLEX,
      String: STRING,
      Bytes: BYTES,
      Any: INTERFACE,
      Slice: slice(INT),
      Map: map(STRING, INT),
      Array: array(2, array(1, STRING)),
      Struct: struct('Inner', { A: INT }),
      Opaque: { kind: 'gobEncoder', name: 'T' },
    });
    expect(zeroValue(all)).toStrictEqual({
      Bool: false,
      Int: 0,
      Float: 0,
      Complex: new Complex(0, 0),
      String: '',
      Bytes: new Uint8Array(0),
      Any: null,
      Slice: [],
      Map: new Map(),
      Array: [[''], ['']],
      Struct: { A: 0 },
      Opaque: new Uint8Array(0),
    });
  });

  it('is made anew each time', () => {
    const type = struct('T', { List: slice(INT), Inner: struct('U', { Map: map(INT, INT) }) });
    const first = zeroValue(type) as { List: number[]; Inner: object };
    first.List.push(1);
    expect(zeroValue(type)).toEqual({ List: [], Inner: { Map: new Map() } });
  });

  it('of what is recursive ends at nil, of what only holds it goes on', () => {
    const { Person, Owned } = tie({
      Person: ({ Pet }) => ({ Name: STRING, Pet: Pet! }),
      Pet: ({ Person: owner }) => ({ Legs: INT, Owner: owner! }),
      Owned: ({ Person: first }) => ({
        First: first!,
        Twice: struct('Pair', { A: first!, B: array(2, first!) }),
      }),
    });
    expect(zeroValue(Person!)).toEqual({ Name: '', Pet: null });
    expect(zeroValue(Owned!)).toEqual({ First: null, Twice: { A: null, B: [null, null] } });
  });

  it('is refused where it would be too large', () => {
    const large = array(2000, array(2000, array(2, INT)));
    expect(() => zeroValue(large)).toThrow(expect.objectContaining({ code: 'GOB_LIMIT' }));
    const deep = Array.from({ length: 1001 }).reduce<GobType>((type) => struct('', { A: type }), INT);
    expect(() => zeroValue(deep)).toThrow(expect.objectContaining({ code: 'GOB_LIMIT' }));
  });
});

describe('recursive', () => {
  const recursive = (type: GobType): boolean => zeroShape(type).recursive;

  it('is what leads back to itself by fields', () => {
    const { A, B, C, D } = tie({
      A: ({ A: self }) => ({ Next: self!, Held: INTERFACE }),
      // Between two cycles, and in none.
      B: ({ A: first, C: last }) => ({ First: first!, Last: last! }),
      C: ({ D: other }) => ({ D: other! }),
      D: ({ C: other, B: between }) => ({ C: other!, Maybe: slice(between!) }),
    });
    expect([A, B, C, D].map((type) => recursive(type!))).toEqual([true, false, true, true]);
  });

  it('is also what leads back by arrays, if they have elements', () => {
    const direct = struct('T', {});
    const list = array(2, direct);
    direct.fields = [{ name: 'Parts', type: list }];
    expect([recursive(direct), recursive(list)]).toEqual([true, true]);

    const none = struct('T', {});
    none.fields = [{ name: 'Parts', type: array(0, none) }];
    expect(recursive(none)).toBe(false);
  });

  it('is not what leads back by slices, maps and interfaces', () => {
    const tree = struct('Tree', {});
    tree.fields = struct('', { Slice: slice(tree), Map: map(STRING, tree), Any: INTERFACE }).fields;
    const nest = slice(INT);
    nest.elem = nest;
    expect([recursive(tree), recursive(nest)]).toEqual([false, false]);
  });

  it('is told as by following every way', () => {
    const graph = fc.array(fc.array(fc.nat(7), { maxLength: 3 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(graph, fc.nat(7), (edges, asked) => {
        const types = edges.map((_, i) => struct(`T${i}`, {}));
        for (const [i, targets] of edges.entries()) {
          types[i]!.fields = targets.map((target, n) => ({ name: `F${n}`, type: types[target]! }));
        }
        const leadsBack = (from: number, seen: Set<number>): boolean =>
          edges[from]!.some((to) => to === asked || (!seen.has(to) && leadsBack(to, seen.add(to))));
        // Ask for another first: what is remembered of one must be right for all.
        zeroShape(types[0]!);
        expect(recursive(types[asked]!)).toBe(leadsBack(asked, new Set()));
      }),
      { numRuns: 2000 },
    );
  });
});
