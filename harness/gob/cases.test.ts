import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { goBuild, hasGo } from '../test/go.util.js';
import { equal, fromJson, toJson, type JsonValue, type Value } from '../value/index.js';
import { CASE_REGISTRY } from './cases-interface.util.js';
import { CASES, type Case } from './cases.util.js';
import { compareTypes, Decoder, Encoder } from './index.js';

interface GoCase {
  readonly stream: Buffer;
  readonly values: readonly Value[];
}

function run(binary: string, args: readonly string[], input = ''): Buffer {
  const { status, stdout, stderr } = spawnSync(binary, args, { input, maxBuffer: 64 * 1024 * 1024 });
  expect(stderr.toString()).toBe('');
  expect(status).toBe(0);
  return stdout;
}

function readCases(binary: string): Map<string, GoCase> {
  const lines = run(binary, ['cases']).toString().trim().split('\n');
  return new Map(
    lines.map((line) => {
      const { Name, Gob, Values } = JSON.parse(line) as { Name: string; Gob: string; Values: JsonValue[] };
      return [Name, { stream: Buffer.from(Gob, 'base64'), values: Values.map(fromJson) }];
    }),
  );
}

function encode({ types, sent, values }: Case, go: GoCase, firstTypeId?: number): Buffer {
  const encoder = new Encoder({
    registry: CASE_REGISTRY,
    ...(firstTypeId === undefined ? {} : { firstTypeId }),
  });
  const all = sent ?? values ?? go.values;
  return Buffer.concat(types.map((type, index) => encoder.encode(type, all[index] as Value)));
}

describe.skipIf(!hasGo)('types that reflection cannot make', () => {
  let oracle: ReturnType<typeof goBuild>;
  let goCases: Map<string, GoCase>;
  const goCase = (name: string): GoCase => goCases.get(name) as GoCase;

  beforeAll(() => {
    oracle = goBuild(join(import.meta.dirname, 'oracle'));
    goCases = readCases(oracle.binary);
  }, 120_000);
  afterAll(() => oracle.remove());

  it('are the same here and there', () => {
    expect([...goCases.keys()].sort()).toEqual(Object.keys(CASES).sort());
  });

  it.each(Object.entries(CASES))('%s: decoded', (name, { types, values }) => {
    const go = goCase(name);
    const decoder = new Decoder();
    const decoded = decoder.push(go.stream);
    decoder.end();
    expect(decoded.map(({ value }) => toJson(value))).toEqual(go.values.map(toJson));
    expect(decoded.map(({ value }) => toJson(value))).toEqual((values ?? go.values).map(toJson));
    for (const [index, { type }] of decoded.entries()) {
      expect(compareTypes(type, types[index]!)).toEqual([]);
    }
  });

  it('are decoded by Go as we sent them', () => {
    const names = Object.keys(CASES);
    const lines = Object.entries(CASES).map(([name, testCase]) =>
      JSON.stringify({ Name: name, Gob: encode(testCase, goCase(name)).toString('base64') }),
    );
    const problems = run(oracle.binary, ['check'], lines.join('\n')).toString().trimEnd().split('\n');
    expect(names.map((name, index) => `${name}: ${problems[index] ?? ''}`)).toEqual(
      names.map((name) => `${name}: `),
    );
  });

  // The oracle is run anew for each: its type ids then begin where a fresh Encoder's do.
  it.each(Object.entries(CASES).filter(([, { exact }]) => exact !== false))(
    '%s: byte for byte',
    (name, testCase) => {
      const bytes = run(oracle.binary, ['bytes', name]);
      expect(encode(testCase, goCase(name), 64).toString('hex')).toBe(bytes.toString('hex'));
    },
  );

  it.each(Object.keys(CASES))('%s: decoded byte by byte', (name) => {
    const { stream, values } = goCase(name);
    const decoder = new Decoder();
    const decoded = Array.from(stream, (byte) => decoder.push(Uint8Array.of(byte))).flat();
    decoder.end();
    expect(decoded.map(({ value }, index) => equal(value, values[index]!))).toEqual(values.map(() => true));
  });
});
