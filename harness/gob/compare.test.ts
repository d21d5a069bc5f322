import { describe, expect, it } from 'vitest';

import {
  adopt,
  array,
  BYTES,
  compareTypes,
  INT,
  map,
  slice,
  STRING,
  struct,
  typeToString,
  UINT,
  type GobType,
} from './index.js';

// Which types go together is asked of Go itself, in compat.test.ts.

const describeAll = (sent: GobType, expected: GobType): string[] =>
  compareTypes(sent, expected).map(({ kind, path, sent: a, expected: b }) =>
    [kind, path, ...[a, b].map((type) => (type === undefined ? '-' : typeToString(type)))].join(' '),
  );

describe('compareTypes', () => {
  it('tells what is missing, extra and incompatible, and where', () => {
    const sent = struct('Reply', {
      Name: STRING,
      More: INT,
      Devices: slice(struct('Device', { Id: INT, Old: STRING })),
      Map: map(UINT, array(2, struct('X', { Y: UINT }))),
    });
    const expected = struct('GetReply', {
      Devices: slice(struct('D', { Id: STRING, Type: INT })),
      Name: STRING,
      Map: map(INT, array(2, struct('X', { Y: INT }))),
      Bytes: BYTES,
    });
    expect(describeAll(sent, expected)).toEqual([
      'missing .Bytes - []byte',
      'extra .More int -',
      'missing .Devices[].Type - int',
      'extra .Devices[].Old string -',
      'incompatible .Devices[].Id int string',
      'incompatible .Map[key] uint int',
      'incompatible .Map[][].Y uint int',
    ]);
  });

  it('tells the same of a type in every field, of a struct where it first is', () => {
    const uints = slice(UINT);
    const ints = slice(INT);
    const inner = struct('I', { U: uints });
    const innerInt = struct('I', { U: ints });
    expect(
      describeAll(
        struct('T', { A: uints, B: uints, C: inner, D: inner }),
        struct('T', { A: ints, B: ints, C: innerInt, D: innerInt }),
      ),
    ).toEqual(['incompatible .A[] uint int', 'incompatible .B[] uint int', 'incompatible .C.U[] uint int']);
  });

  it('ends with recursive types, also of different shapes', () => {
    const nest = slice(INT);
    nest.elem = nest;
    const twice = slice(slice(INT));
    (twice.elem as typeof nest).elem = twice;
    const list = struct('List', { V: INT });
    list.fields.push({ name: 'Next', type: list });
    const other = struct('List', { V: STRING });
    other.fields.push({ name: 'Next', type: struct('List', { V: STRING, X: INT }) });
    expect(describeAll(nest, twice)).toEqual([]);
    expect(describeAll(list, list)).toEqual([]);
    expect(describeAll(list, other)).toEqual([
      'incompatible .V int string',
      'missing .Next.X - int',
      'extra .Next.Next struct List { V int; Next List } -',
      'incompatible .Next.V int string',
    ]);
  });

  it('goes through types that are thousands of types deep', () => {
    const deep = (end: GobType): GobType =>
      Array.from({ length: 10_000 }).reduce<GobType>((type) => slice(type), end);
    expect(compareTypes(deep(INT), deep(UINT)).map(({ path }) => path)).toEqual(['[]'.repeat(10_000)]);
  });

  it('gives a list of its own', () => {
    const type = struct('T', { A: INT });
    const other = struct('T', { A: INT, B: INT });
    compareTypes(type, other).pop();
    expect(compareTypes(type, other)).toHaveLength(1);
  });
});

describe('adopt', () => {
  it('counts the zeros that it fills in', () => {
    const sent = slice(struct('T', { A: INT }));
    const expected = slice(struct('T', { A: INT, More: array(1000, INT) }));
    const value = (count: number): { A: number }[] => Array.from({ length: count }, () => ({ A: 1 }));
    expect(adopt(value(10), sent, expected)).toHaveLength(10);
    expect(() => adopt(value(5000), sent, expected)).toThrow(expect.objectContaining({ code: 'GOB_LIMIT' }));
  });

  it('leaves nil what is nil in both, and makes out what is recursive only where it was sent', () => {
    const pair = struct('Pair', { Depth: INT });
    pair.fields.push({ name: 'Parts', type: array(2, pair) });
    const flat = struct('Pair', { Parts: array(2, struct('Part', { Depth: INT })) });
    const sent = { Depth: 1, Parts: null };
    expect(adopt(sent, pair, pair)).toEqual(sent);
    expect(adopt(sent, pair, flat)).toEqual({ Parts: [{ Depth: 0 }, { Depth: 0 }] });
  });

  it('says what is incompatible, and where', () => {
    const refuse = (): unknown =>
      adopt([{ A: 1 }], slice(struct('T', { A: INT })), slice(struct('T', { A: STRING })));
    expect(refuse).toThrow(expect.objectContaining({ code: 'GOB_INCOMPATIBLE', path: '[].A' }));
    expect(refuse).toThrow('gob: int was sent, string is expected at [].A');
  });
});
