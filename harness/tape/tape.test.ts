import { describe, expect, test } from 'vitest';

import { ByteString, Complex, InterfaceValue, type Value } from '../value/index.js';
import { fits } from './fits.js';
import { formatTapeLine, Tape, type TapeEntry } from './index.js';

const entry = (text: string, rest: Partial<TapeEntry> = {}): TapeEntry => ({
  layer: 'rpc',
  direction: 'in',
  text,
  ...rest,
});

test('entries are data in the order in which they came', () => {
  const tape = new Tape();
  tape.record(entry('Plugin.X', { direction: 'out', connection: 'lamp', seq: 0, value: { Id: 7n ** 30n } }));
  tape.record(entry('the process ended', { layer: 'process' }));
  expect(tape.lines()).toEqual([
    {
      at: expect.any(Number),
      layer: 'rpc',
      direction: 'out',
      connection: 'lamp',
      seq: 0,
      text: 'Plugin.X',
      value: { Id: { $int: String(7n ** 30n) } },
    },
    { at: expect.any(Number), layer: 'process', direction: 'in', text: 'the process ended' },
  ]);
  expect(JSON.parse(JSON.stringify(tape.lines()))).toEqual(tape.lines());
});

test('the last entries are kept, and the others counted', () => {
  const tape = new Tape(10);
  for (let n = 0; n < 1_234; n++) {
    tape.record(entry(`entry ${n}`));
    expect(tape.dropped).toBe(Math.max(0, n - 9));
  }
  expect(tape.lines().map(({ text }) => text)).toEqual(
    Array.from({ length: 10 }, (_, n) => `entry ${1224 + n}`),
  );
});

test('a line says which way, where and what', () => {
  const line = { at: 12.3, layer: 'rpc', direction: 'out', text: 'Plugin.X' } as const;
  expect(formatTapeLine({ ...line, connection: 'lamp', seq: 4, value: { UniqueID: '' } })).toBe(
    '    12.30 → lamp #4 Plugin.X {"UniqueID":""}',
  );
  expect(formatTapeLine({ ...line, direction: 'in' })).toBe('    12.30 ← Plugin.X');
  expect(formatTapeLine({ ...line, value: null })).toBe('    12.30 → Plugin.X null');
});

test('hostile text neither moves a cursor nor makes a second line', () => {
  const tape = new Tape();
  const hostile = '\u001b[2J\r\n\u202e\u2066\u0085\u2028\u{e0041}';
  tape.record(entry(`error: ${hostile}`, { connection: hostile, value: { [hostile]: hostile } }));
  const text = tape.toString();
  expect(text).toContain('error: \\u001b[2J\\r\\n\\u202e');
  expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
});

test('a long text is cut, in what is kept as in what is printed', () => {
  const tape = new Tape();
  tape.record(entry(`error: ${'\u001b'.repeat(1_000_000)}`));
  const [line] = tape.lines();
  expect(line?.text).toHaveLength(1_001);
  expect(tape.toString().length).toBeLessThan(2_000);
  expect(tape.toString()).toMatch(/… \(1001 characters\)$/);
});

describe('a value that is too large', () => {
  const MIB = 1024 * 1024;
  const wide: Value = Array.from({ length: 10_000 }, () => 1);
  let deep: Value = 'leaf';
  for (let n = 0; n < 5_000; n++) deep = [deep];

  test.each<[string, Value]>([
    ['a string', 'x'.repeat(MIB)],
    ['bytes', new Uint8Array(MIB)],
    ['a string that is not UTF-8', new ByteString(new Uint8Array(MIB))],
    ['many elements', wide],
    ['many entries', new Map(wide.map((_, n) => [n, true]))],
    ['names of fields', { ['x'.repeat(MIB)]: 1 }],
    ['many levels', deep],
    ['something inside', { Reply: [new InterfaceValue('lamp', new Map([['x', 'y'.repeat(MIB)]]))] }],
  ])('%s is not kept', (_, value) => {
    const tape = new Tape();
    tape.record(entry('reply', { value }));
    expect(tape.lines()).toEqual([
      {
        at: expect.any(Number),
        layer: 'rpc',
        direction: 'in',
        text: 'reply (a value of more than 16 KiB)',
      },
    ]);
  });

  test('one of every kind that is small fits', () => {
    const small: Value = [
      null,
      true,
      1,
      2n,
      'text',
      new Uint8Array(8),
      new ByteString(new Uint8Array(8)),
      new Complex(1, 2),
      new InterfaceValue('lamp', { A: new Map([['k', [1]]]) }),
    ];
    expect(fits(small, 1_000)).toBe(true);
    expect(fits(small, 100)).toBe(false);
  });
});
