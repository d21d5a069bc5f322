import { describe, expect, it } from 'vitest';
import { didYouMean } from './did-you-mean.js';

describe('didYouMean', () => {
  it.each([
    ['metohds', ['handshake', 'methods'], 'methods'],
    ['METHODS', ['methods'], 'methods'],
    ['requird', ['required', 'reply'], 'required'],
    ['minLenght', ['minLength', 'maxLength'], 'minLength'],
    ['igloo', ['iglu', 'greeter'], 'iglu'],
    ['once', ['stable', 'required'], undefined],
    ['', ['a'], undefined],
    ['x', [], undefined],
    ['a'.repeat(1_000_000), ['a'], undefined],
  ])('%.20s among %j', (written, names, meant) => {
    expect(didYouMean(written, names)).toBe(meant === undefined ? undefined : `Did you mean "${meant}"?`);
  });
});
