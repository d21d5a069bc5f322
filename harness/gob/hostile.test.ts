import { describe, expect, it } from 'vitest';

import { fromJson, toJson, type JsonValue, type Value } from '../value/index.js';
import {
  anySlice,
  chain,
  HOSTILE,
  INT,
  INTERFACE,
  list,
  nestedInterfaces,
  nestedList,
  repeat,
  STRING,
} from './hostile-cases.util.js';
import { Decoder, GobError, typeToString, type GobLimits } from './index.js';
import { int, message, sliceType, structType, text, uint, type Bytes } from './raw.util.js';

function decodeAll(bytes: Iterable<number>, limits: Partial<GobLimits> = {}): Value[] {
  const decoder = new Decoder({ limits });
  const decoded = decoder.push(Uint8Array.from(bytes));
  decoder.end();
  return decoded.map(({ value }) => value);
}

describe('refused, whatever is claimed', () => {
  it.each(HOSTILE)('%s', (_name, code, bytes, limits = {}) => {
    expect(() => decodeAll(bytes, limits)).toThrow(GobError);
    expect(() => decodeAll(bytes, limits)).toThrow(expect.objectContaining({ code }));
  });
});

describe('taken, since Go takes it', () => {
  it.each<[name: string, bytes: Bytes, json: JsonValue]>([
    ['bytes behind a value', message(int(INT), [0, 6, 9, 9]), 3],
    ['a struct without its terminator', [...list, ...message(int(65), [1, 2])], { V: 1, Next: null }],
    [
      'structs without theirs',
      [...list, ...message(int(65), [1, 2, 1, 1, 4])],
      { V: 1, Next: { V: 2, Next: null } },
    ],
    ['an integer in more bytes than it needs', message(int(INT), [0, 0xfc, 0, 0, 0, 6]), 3],
    ['a boolean that is neither 0 nor 1', message(int(1), [0, 7]), true],
    [
      'an interface of the wrong length',
      message(int(INTERFACE), [0], text('int'), int(INT), [99, 0, 2]),
      { $interface: { type: 'int', value: 1 } },
    ],
    ['a CommonType', message(int(18), [1, 1, 0x78, 0]), { Name: 'x', Id: 0 }],
    [
      'a type definition that ends a message inside an interface inside an interface',
      [
        ...structType(65, 'T', [
          ['I', INTERFACE],
          ['N', INT],
        ]),
        ...message(int(INTERFACE), [0], text('A'), int(65), [9, 1], text('B'), sliceType(66, INT).slice(1)),
        ...message(int(66), [3, 0, 1, 2, 1, 4, 0]),
      ],
      { $interface: { type: 'A', value: { I: { $interface: { type: 'B', value: [1] } }, N: 2 } } },
    ],
    [
      'parts that are defined after the whole',
      [...sliceType(65, 66), ...sliceType(66, INT), ...message(int(65), [0, 1, 1, 2])],
      [[1]],
    ],
  ])('%s', (_name, bytes, json) => {
    expect(decodeAll(bytes).map(toJson)).toEqual([json]);
  });
});

describe('at the limits', () => {
  it('nests as deeply as they allow', () => {
    expect(decodeAll([...list, ...nestedList(1000)])).toHaveLength(1);
    expect(decodeAll([...anySlice, ...nestedInterfaces(499)])).toHaveLength(1);
    expect(decodeAll([...chain(999), ...message(int(100), [0])])).toHaveLength(1);
  });

  it('takes as many elements as they allow, and starts anew with each value', () => {
    const slice = message(
      int(65),
      [0],
      uint(100),
      repeat(100, () => [2]),
    );
    expect(decodeAll([...sliceType(65, INT), ...slice, ...slice], { maxElements: 100 })).toHaveLength(2);
    expect(() => decodeAll([...sliceType(65, INT), ...slice], { maxElements: 99 })).toThrow(
      /100, and the limit is 99 \(maxElements\)/,
    );
  });

  it('takes as many bytes in a message as they allow, and in a stream any number', () => {
    const value = message(int(STRING), [0], text('x'.repeat(50)));
    expect(
      decodeAll(
        repeat(100, () => value),
        { maxMessageBytes: 53 },
      ),
    ).toHaveLength(100);
    expect(() => decodeAll(value, { maxMessageBytes: 52 })).toThrow(
      /53, and the limit is 52 \(maxMessageBytes\)/,
    );
  });

  it('goes on with a value through as many messages as it has types', () => {
    const types = 3000;
    const bytes = [
      ...anySlice,
      ...message(int(65), [0], uint(types), text('A'), sliceType(100, INT).slice(1)),
      ...repeat(types - 1, (i) =>
        message(int(100 + i), [2, 0, 1, 2], text('A'), sliceType(101 + i, INT).slice(1)),
      ),
      ...message(int(99 + types), [2, 0, 0]),
    ];
    expect((decodeAll(bytes)[0] as Value[]).length).toBe(types);
  });

  it('knows a type that is thousands of types deep', () => {
    const decoder = new Decoder();
    const [decoded] = decoder.push(
      Uint8Array.from([
        ...repeat(4000, (i) => sliceType(100 + i, 101 + i)),
        ...sliceType(4100, INT),
        ...message(int(100), [0, 0]),
      ]),
    );
    expect(decoded?.value).toEqual([]);
    expect(typeToString(decoded!.type)).toBe(`${'[]'.repeat(51)}…`);
  });
});

describe('names that JavaScript knows', () => {
  const fields = ['__proto__', 'constructor', 'toString', '0'] as const;
  const type = structType(
    65,
    'T',
    fields.map((name) => [name, INT]),
  );

  it('are fields like any others', () => {
    const [value] = decodeAll([...type, ...message(int(65), [1, 2, 1, 4, 1, 6, 1, 8, 0])]);
    expect(Object.keys(value as object).sort()).toEqual([...fields].sort());
    expect(JSON.stringify(value)).toBe('{"0":4,"__proto__":1,"constructor":2,"toString":3}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(fromJson(toJson(value!))).toEqual(value);
  });

  it('are filled in like any others', () => {
    const [value] = decodeAll([...type, ...message(int(65), [0])]);
    expect(JSON.stringify(value)).toBe('{"0":0,"__proto__":0,"constructor":0,"toString":0}');
  });
});

describe('a stream that has failed', () => {
  const good = message(int(INT), [0, 6]);

  it('says so again, and takes nothing more', () => {
    const decoder = new Decoder();
    const malformed = expect.objectContaining({ code: 'GOB_MALFORMED' });
    expect(() => decoder.push(Uint8Array.of(0))).toThrow(malformed);
    expect(() => decoder.push(Uint8Array.from(good))).toThrow(malformed);
    expect(() => decoder.end()).toThrow(malformed);
  });

  it('hands over what was complete in the same chunk', () => {
    const error = captureError(() => new Decoder().push(Uint8Array.from([...good, ...good, 0])));
    expect(error.decoded.map(({ value }) => value)).toEqual([3, 3]);
  });

  it('tells where: the message and the byte', () => {
    const error = captureError(() =>
      new Decoder().push(Uint8Array.from([...good, ...message(int(STRING), [0, 9, 0x61])])),
    );
    expect(error.message).toBe(
      'gob: message 2, byte 3 of 4: text or bytes claim a length of 9, the message has 1 left',
    );
  });
});

function captureError(act: () => unknown): GobError {
  try {
    act();
  } catch (error) {
    if (error instanceof GobError) return error;
  }
  throw new Error('no GobError was thrown');
}
