import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { goBuild, hasGo } from '../test/go.util.js';
import { toJson, type JsonValue } from '../value/index.js';
import { adopt, compareTypes, Decoder, typeToString, type Decoded } from './index.js';

/** A value that was sent, a value of the type that was expected, and what Go made of the first. */
interface Pair {
  readonly sent: Decoded;
  readonly expected: Decoded;
  readonly error: string | undefined;
  readonly got: JsonValue | undefined;
}

function decodeOne(base64: string): Decoded {
  return new Decoder().push(Buffer.from(base64, 'base64'))[0]!;
}

function readPairs(binary: string): Pair[] {
  const { stdout, stderr } = spawnSync(binary, ['compat'], { maxBuffer: 64 * 1024 * 1024 });
  expect(stderr.toString()).toBe('');
  const lines = stdout.toString().trim().split('\n');
  const pairs = lines.map((line) => {
    const { Sent, Expected, Error, Got } = JSON.parse(line) as Record<string, string> & { Got?: JsonValue };
    return { sent: decodeOne(Sent!), expected: decodeOne(Expected!), error: Error, got: Got };
  });
  // A type that decodes itself may refuse bytes that gob has no objection to.
  return pairs.filter(({ error }) => error === undefined || error.startsWith('gob: '));
}

const describePair = ({ sent, expected, error }: Pair): string =>
  `${typeToString(sent.type)} as ${typeToString(expected.type)}: ${error ?? 'taken by Go'}`;

describe.skipIf(!hasGo)('every sample type sent, every sample type expected', () => {
  let oracle: ReturnType<typeof goBuild>;
  let pairs: Pair[];

  beforeAll(() => {
    oracle = goBuild(join(import.meta.dirname, 'oracle'));
    pairs = readPairs(oracle.binary);
  }, 120_000);
  afterAll(() => oracle.remove());

  it('is a fair mixture', () => {
    expect(pairs.length).toBeGreaterThan(3500);
    expect(pairs.filter(({ error }) => error === undefined).length).toBeGreaterThan(150);
  });

  it('compareTypes calls incompatible what Go refuses', () => {
    const wrong = pairs.filter(({ sent, expected, error }) => {
      const differences = compareTypes(sent.type, expected.type);
      return differences.some(({ kind }) => kind === 'incompatible') !== (error !== undefined);
    });
    expect(wrong.map(describePair)).toEqual([]);
  });

  it('adopt gives what Go holds', () => {
    const taken = pairs.filter(({ error }) => error === undefined);
    const adopted = taken.map(({ sent, expected }) => toJson(adopt(sent.value, sent.type, expected.type)));
    expect(adopted).toEqual(taken.map(({ got }) => got));
  });

  it('adopt refuses what Go refuses', () => {
    for (const { sent, expected } of pairs.filter(({ error }) => error !== undefined)) {
      expect(() => adopt(sent.value, sent.type, expected.type)).toThrow(
        expect.objectContaining({ code: 'GOB_INCOMPATIBLE' }),
      );
    }
  });
});
