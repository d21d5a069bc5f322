import { describe, expect, it } from 'vitest';
import type { ByteString, Value } from '../../../harness/value/index.js';
import { hooks, iglu, shrunk, taking } from './arbitraries.util.js';

const STRING = { type: 'string' };
const INT = { type: 'integer' };
const BOOL = { type: 'boolean' };

interface Node {
  Name: string;
  Children: Node[];
}

describe('what a value shrinks to: a text', () => {
  it('the shortest one that is too long', () => {
    expect(shrunk(taking(STRING), (text: string | ByteString) => text.toString().length <= 3)).toEqual([
      'aaaa',
    ]);
  });

  it('the shortest one that is much too long', () => {
    const [found, ...more] = shrunk(
      taking(STRING),
      (text: string | ByteString) => text.toString().length <= 65_536,
      3,
    );
    expect(more).toHaveLength(0);
    // Apart, so that a failure does not print it.
    expect(found === 'a'.repeat(65_537)).toBe(true);
  });

  it('the one character that matters', () => {
    expect(shrunk(taking(STRING), (text: string | ByteString) => !text.toString().includes('%'))).toEqual([
      '%',
    ]);
  });

  it('one byte that is no UTF-8', () => {
    expect(shrunk(taking(STRING), (text: Value) => typeof text === 'string')).toEqual([{ $string: '/w==' }]);
  });

  it('the shortest one that a format allows', () => {
    expect(shrunk(taking({ ...STRING, format: 're2' }), (text: string) => !text.includes('('))).toEqual([
      '()',
    ]);
  });
});

describe('what a value shrinks to: a number', () => {
  it('the first one over a limit, on either side', () => {
    expect(shrunk(taking(INT), (n: bigint | number) => n <= 100)).toEqual([101]);
    expect(shrunk(taking(INT), (n: bigint | number) => n >= -100)).toEqual([-101]);
    expect(shrunk(taking(INT), (n: bigint | number) => n < 2n ** 62n)).toEqual([{ $int: String(2n ** 62n) }]);
  });

  it('a short float', () => {
    expect(shrunk(taking({ type: 'number' }), (n: number) => !(n > 1000))).toEqual([1001]);
    expect(shrunk(taking({ type: 'number' }), (n: number) => !(n > 0))).toEqual([1]);
    expect(shrunk(taking({ type: 'number' }), (n: number) => !Number.isNaN(n))).toEqual([{ $float: 'NaN' }]);
  });

  it('the one nearest to zero that is allowed', () => {
    expect(
      shrunk(taking({ ...INT, anyOf: [{ const: 0 }, { minimum: 100 }] }), (n: number) => n === 0),
    ).toEqual([100]);
    expect(shrunk(taking({ ...INT, minimum: 5, multipleOf: 2 }), () => false)).toEqual([6]);
  });
});

describe('what a value shrinks to: a list', () => {
  const switches = taking({ type: 'array', items: { type: 'object', properties: { On: BOOL, Id: STRING } } });

  it('the one element that matters', () => {
    expect(shrunk(taking({ type: 'array', items: BOOL }), (list: boolean[]) => !list.includes(true))).toEqual(
      [[true]],
    );
  });

  it('an empty text and a flag in the second element', () => {
    const holds = ([, second]: { On: boolean; Id: string }[]): boolean =>
      !(second?.On === true && second.Id === '');
    expect(shrunk(switches, holds)).toEqual([
      [
        { On: false, Id: '' },
        { On: true, Id: '' },
      ],
    ]);
  });

  it('the shortest of those that are too long', () => {
    const found = shrunk(switches, (list: unknown[]) => list.length <= 500, 3);
    expect(found).toEqual([Array.from({ length: 501 }, () => ({ On: false, Id: '' }))]);
  });

  it('two equal keys, which get simpler together', async () => {
    const update = await iglu('OnConfigurationUpdate');
    const holds = ({ Configuration }: { Configuration: { Key: string }[] }): boolean => {
      const keys = Configuration.map(({ Key }) => Key).filter((key) => key !== '');
      return new Set(keys).size === keys.length;
    };
    const item = { Key: 'a', Value: '', UserID: '' };
    expect(shrunk(update, holds)).toEqual([{ Configuration: [item, item] }]);
  });

  it('one whose length and elements “contains” and “prefixItems” allow', () => {
    const list = { type: 'array', items: INT, prefixItems: [{ minimum: 5 }, { enum: [1, 2] }] };
    expect(shrunk(taking(list), (items: unknown[]) => items.length < 3)).toEqual([[5, 1, 0]]);
    const containing = {
      type: 'array',
      items: INT,
      contains: { minimum: 10 },
      minContains: 2,
      maxContains: 3,
    };
    for (const found of shrunk(taking(containing), (items: unknown[]) => items.length < 3))
      expect((found as number[]).toSorted((a, b) => a - b)).toEqual([0, 10, 10]);
  });
});

describe('what a value shrinks to: a struct and a map', () => {
  it('one with simple fields but for those that matter', async () => {
    const numbers = await hooks('EchoNumbers');
    const [found, ...more] = shrunk(
      numbers,
      ({ I8, F64 }: { I8: number; F64: number }) => !(I8 < 0 && F64 > 0),
    );
    expect(more).toEqual([]);
    expect(found).toMatchObject({ I8: -1, F64: 1, I64: 0, U64: 0 });
  });

  it('the simplest on the other side of a condition', () => {
    const option = {
      type: 'object',
      properties: {
        Type: { ...INT, enum: [0, 1, 2, 3] },
        Values: { type: 'array', items: STRING },
        Title: STRING,
      },
      if: { properties: { Type: { const: 2 } } },
      // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's own word
      then: { properties: { Values: { minItems: 1 } } },
    };
    expect(shrunk(taking(option), ({ Title }: { Title: Value }) => Title === '')).toContainEqual({
      Type: 0,
      Values: [],
      Title: 'a',
    });
    expect(shrunk(taking(option), ({ Type }: { Type: number }) => Type !== 2)).toEqual([
      { Type: 2, Values: [''], Title: '' },
    ]);
  });

  it('a map with one entry', () => {
    const map = { type: 'object', additionalProperties: STRING };
    expect(shrunk(taking(map), (entries: Map<Value, Value>) => entries.size === 0)).toEqual([
      { $map: [['', '']] },
    ]);
  });

  it('the shallowest of those that are too deep', () => {
    const node = {
      type: 'object',
      properties: { Name: STRING, Children: { type: 'array', items: { $ref: '#/$defs/Node' } } },
    };
    const levels = ({ Children }: Node): number => 1 + Math.max(0, ...Children.map(levels));
    const found = shrunk(
      taking({ $ref: '#/$defs/Node' }, { Node: node }),
      (tree: Node) => levels(tree) < 8,
      3,
    );
    let expected: Node = { Name: '', Children: [] };
    for (let level = 1; level < 8; level++) expected = { Name: '', Children: [expected] };
    expect(found).toEqual([expected]);
  });
});
