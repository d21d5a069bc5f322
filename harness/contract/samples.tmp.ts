import { describe, it } from 'vitest';
import { ARGS, argsDocument, expectMistake, type MistakeCase, struct } from './contract.util.js';

const MISTAKES: readonly MistakeCase[] = [
  [
    'a range without a value',
    argsDocument({ type: 'integer', minimum: 2, maximum: 1 }),
    ARGS,
    /no sample can be made \(the arguments must be at most 1/,
  ],
  [
    'a pattern that nothing simple matches',
    argsDocument(struct({ Code: { type: 'string', pattern: '^Q7-[xyz]{3}$' } })),
    ARGS,
    /no sample can be made \(Code must match .*, expected .*"examples"/,
  ],
  [
    'a list that is never finished',
    argsDocument(
      { $ref: '#/$defs/A' },
      { $defs: { A: { type: 'array', minItems: 1, items: { $ref: '#/$defs/A' } } } },
    ),
    ARGS,
    /no sample can be made/,
  ],
  [
    'a list of more elements than can be made',
    argsDocument({ type: 'array', minItems: 1e9, items: { type: 'string' } }),
    ARGS,
    /no sample can be made/,
  ],
  [
    'a text longer than can be made',
    argsDocument({ type: 'string', minLength: 1e12 }),
    ARGS,
    /no sample can be made/,
  ],
  [
    'examples of which none is valid',
    argsDocument({ type: 'string', minLength: 3, examples: ['a', 2] }),
    `${ARGS}/examples`,
    /no valid example \(the example must have at least 3 characters\)/,
  ],
  [
    'an example with a malformed tag',
    argsDocument({ type: 'integer', examples: [{ $int: 'x' }] }),
    `${ARGS}/examples`,
    /no valid example \(tagged JSON/,
  ],
];

describe('samples', () => {
  it.each(MISTAKES)('%s', (...mistake) => expectMistake(mistake));
});
