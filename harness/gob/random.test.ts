import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { goBuild, hasGo } from '../test/go.util.js';
import { equal, fromJson, type JsonValue } from '../value/index.js';
import { frame, FrameReader } from './frames.util.js';
import { Decoder, Encoder } from './index.js';

/**
 * GOB_SEED=<integer> makes other types and values than the usual ones; the failure text names it.
 * 2,000 types of 50 values each: Go's cost of a type grows with the number of types that it has seen.
 */
const SEED = Number(process.env['GOB_SEED'] ?? 20260817);
const TYPES = 2000;
const VALUES = 50;

/** What each kind must have of all kinds in the types, weighted by the values. */
const LEAST_SHARE = 0.02;

interface Summary {
  readonly Pairs: number;
  readonly Kinds: Record<string, number>;
  readonly Failures: readonly string[] | null;
}

/** Takes Go's values apart and puts them together again, one pair of frames after the other. */
class Exchange {
  readonly failures: string[] = [];
  pairs = 0;
  readonly #oracle: ChildProcessWithoutNullStreams;
  #want: Buffer | undefined;
  #decoder = new Decoder();
  #encoder = new Encoder();

  constructor(oracle: ChildProcessWithoutNullStreams) {
    this.#oracle = oracle;
  }

  take(content: Buffer): Summary | undefined {
    if (this.#want === undefined) {
      if (content[0] === 0x7b) return JSON.parse(content.toString()) as Summary;
      this.#want = content;
      return undefined;
    }
    const isNewStream = this.#want[0] === 0x4e;
    const json = this.#want.toString('utf8', 1);
    this.#want = undefined;
    this.pairs++;
    if (isNewStream) {
      this.#decoder = new Decoder();
      this.#encoder = new Encoder({ registry: this.#decoder.interfaceTypes });
    }
    this.#oracle.stdin.write(frame(this.#answer(json, content)));
    return undefined;
  }

  #answer(json: string, gob: Buffer): Uint8Array {
    try {
      const [decoded, ...more] = this.#decoder.push(gob);
      this.#decoder.end();
      if (decoded === undefined || more.length > 0) throw new Error(`${more.length} values too many`);
      if (!equal(decoded.value, fromJson(JSON.parse(json) as JsonValue))) throw new Error('another value');
      return this.#encoder.encode(decoded.type, decoded.value);
    } catch (error) {
      this.failures.push(`pair ${this.pairs}: ${String(error)}: ${json} from ${gob.toString('hex')}`);
      return new Uint8Array(0);
    }
  }
}

async function exchange(binary: string): Promise<[Exchange, Summary | undefined]> {
  const oracle = spawn(binary, ['random', String(SEED), String(TYPES), String(VALUES)]);
  try {
    oracle.stderr.pipe(process.stderr);
    // An oracle that fails closes its stdin; its stderr and the count of pairs say so.
    oracle.stdin.on('error', () => undefined);
    const session = new Exchange(oracle);
    const reader = new FrameReader();
    let summary: Summary | undefined;
    for await (const chunk of oracle.stdout as AsyncIterable<Buffer>) {
      for (const content of reader.push(chunk)) summary = session.take(content) ?? summary;
    }
    return [session, summary];
  } finally {
    oracle.kill('SIGKILL');
    if (oracle.exitCode === null && oracle.signalCode === null) await once(oracle, 'close');
  }
}

describe.skipIf(!hasGo)(`${TYPES * VALUES} random values by Go's reflection, seed ${SEED}`, () => {
  let oracle: ReturnType<typeof goBuild>;
  let session: Exchange;
  let summary: Summary | undefined;

  beforeAll(async () => {
    oracle = goBuild(join(import.meta.dirname, 'oracle'));
    [session, summary] = await exchange(oracle.binary);
  }, 240_000);
  afterAll(() => oracle.remove());

  it('are decoded as Go sent them', () => {
    expect(session.failures.slice(0, 5)).toEqual([]);
    expect(session.pairs).toBe(TYPES * VALUES);
  });

  it('are decoded by Go as we sent them', () => {
    expect(summary?.Failures ?? []).toEqual([]);
    expect(summary?.Pairs).toBe(TYPES * VALUES);
  });

  it('are of every kind', () => {
    const kinds = Object.entries(summary?.Kinds ?? {}).sort(([, a], [, b]) => b - a);
    const all = kinds.reduce((sum, [, count]) => sum + count, 0);
    const shares = kinds.map(([kind, count]) => [kind, count / all] as const);
    console.log(shares.map(([kind, share]) => `${kind.padEnd(10)} ${(share * 100).toFixed(1)} %`).join('\n'));
    expect(kinds).toHaveLength(24);
    expect(shares.filter(([, share]) => share < LEAST_SHARE)).toEqual([]);
  });
});
