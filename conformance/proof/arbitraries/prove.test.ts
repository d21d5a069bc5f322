import { describe, expect, it } from 'vitest';
import { proveArbitrary } from './prove.js';
import { ARBITRARY_SCHEMAS } from './schemas.js';

/** Enough for what one value in 300 has. */
const COUNT = 2106;

describe('values of a schema', () => {
  it.each(ARBITRARY_SCHEMAS)('of $name are valid, and have the edges', (schema) => {
    const { valid, problem, edges } = proveArbitrary(schema, COUNT);
    expect(problem).toBeUndefined();
    expect(valid).toBe(COUNT);
    expect(edges.filter(({ count }) => count === 0)).toEqual([]);
  });

  it('are proved for 40 schemas or more', () => {
    expect(new Set(ARBITRARY_SCHEMAS.map(({ name }) => name)).size).toBe(ARBITRARY_SCHEMAS.length);
    expect(ARBITRARY_SCHEMAS.length).toBeGreaterThanOrEqual(40);
  });
});
