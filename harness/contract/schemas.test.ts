import { describe, expect, it } from 'vitest';
import { INT, slice } from '../gob/types.js';
import { contractWith } from './contract.util.js';
import { schemasOf } from './schemas.js';

describe('schemasOf', () => {
  const contract = contractWith(
    {},
    { $defs: { Even: { type: 'integer', multipleOf: 2, examples: [2, 'two', 3] } } },
  );
  const schemas = schemasOf(contract);
  const even = { $ref: '#/$defs/Even' };

  it('judges by all schemas together', () => {
    const verdict = schemas.verdict({
      type: INT,
      declaring: even,
      constraints: [{ minimum: 4 }, { maximum: 9 }],
    });
    expect([2, 4, 5, 8, 10].filter((value) => verdict.accepts(value))).toEqual([4, 8]);
    expect(verdict.problem(4)).toBeUndefined();
    expect(verdict.problem(2)).toBe('the value must be at least 4, not 2');
  });

  it('tells elements apart that look the same to a schema', () => {
    const declaring = { type: 'array', items: { type: 'integer' }, uniqueItems: true } as const;
    const verdict = schemas.verdict({ type: slice(INT), declaring, constraints: [] });
    expect(verdict.accepts([2n ** 63n - 1n, 2n ** 63n - 2n])).toBe(true);
    expect(verdict.accepts([2n ** 63n - 1n, 2n ** 63n - 1n])).toBe(false);
  });

  it('reads the examples of a schema, valid or not', () => {
    expect(schemas.examples({ examples: [2, 3, { $int: 'x' }] }, INT)).toEqual([2, 3]);
    expect(schemas.definitions.get('Even')).toMatchObject({ multipleOf: 2 });
  });
});
