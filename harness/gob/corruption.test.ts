import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Decoder, GobError } from './index.js';
import { STREAMS } from './streams.util.js';

/** GOB_SEED=<integer> corrupts in other ways than the usual ones. */
const SEED = Number(process.env['GOB_SEED'] ?? 20260817);
const RUNS = 100_000;

/** The code of the GobError that decoding ends in; anything else that is thrown is thrown on. */
function outcome(bytes: Uint8Array, split: number): string {
  const decoder = new Decoder({ limits: { maxElements: 10_000 } });
  try {
    decoder.push(bytes.subarray(0, split));
    decoder.push(bytes.subarray(split));
    decoder.end();
    return 'accepted';
  } catch (error) {
    if (error instanceof GobError) return error.code;
    throw error;
  }
}

function tally(outcomes: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const code of outcomes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

describe('damaged streams', () => {
  it(`end in a GobError or a value, ${RUNS} times, seed ${SEED}`, () => {
    const damage = fc.tuple(
      fc.nat(STREAMS.length - 1),
      fc.array(
        fc.record({
          at: fc.nat(100_000),
          how: fc.constantFrom('set', 'insert', 'delete', 'flip'),
          byte: fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 0x7f, 0x80, 0xf8, 0xff)),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      fc.nat(200),
    );
    const outcomes: string[] = [];
    const dependOnChunks: string[] = [];
    for (const [index, edits, split] of fc.sample(damage, { numRuns: RUNS, seed: SEED })) {
      const bytes = [...STREAMS[index]!.bytes];
      for (const { at, how, byte } of edits) {
        const place = at % (bytes.length + 1);
        if (how === 'insert') bytes.splice(place, 0, byte);
        else if (how === 'delete') bytes.splice(place, 1);
        else bytes[place] = how === 'set' ? byte : (bytes[place] ?? 0) ^ (1 << (byte & 7));
      }
      const code = outcome(Uint8Array.from(bytes), split);
      outcomes.push(code);
      if (code !== outcome(Uint8Array.from(bytes), 0))
        dependOnChunks.push(Buffer.from(bytes).toString('hex'));
    }
    const counts = tally(outcomes);
    console.log([...counts].map(([code, count]) => `${code.padEnd(16)} ${count}`).join('\n'));
    const rare = ['accepted', 'GOB_MALFORMED', 'GOB_UNKNOWN_TYPE', 'GOB_LIMIT', 'GOB_TRUNCATED'].filter(
      (code) => (counts.get(code) ?? 0) < 100,
    );
    expect(rare).toEqual([]);
    expect(dependOnChunks).toEqual([]);
  });

  it('of nothing but noise end in a GobError', () => {
    const noise = fc.sample(fc.tuple(fc.uint8Array({ maxLength: 64 }), fc.nat(64)), {
      numRuns: 20_000,
      seed: SEED,
    });
    const counts = tally(noise.map(([bytes, split]) => outcome(bytes, split)));
    expect(counts.get('GOB_MALFORMED')).toBeGreaterThan(100);
    expect(counts.get('GOB_TRUNCATED')).toBeGreaterThan(100);
  });
});
