import { describe, expect, it } from 'vitest';

import { Complex, InterfaceValue, type Value } from '../value/index.js';
import {
  array,
  BOOL,
  BYTES,
  COMPLEX,
  Decoder,
  Encoder,
  FLOAT,
  GobError,
  INT,
  INTERFACE,
  map,
  slice,
  STRING,
  struct,
  UINT,
  type GobType,
} from './index.js';

const point = struct('Point', { X: INT, Y: INT });
const device = struct('Device', {
  Name: STRING,
  At: point,
  Tags: slice(STRING),
  Extra: map(STRING, INT),
  Any: INTERFACE,
});
const registry = new Map<string, GobType>([
  ['main.Point', point],
  ['any', INTERFACE],
]);

function refusal(type: GobType, value: unknown): GobError {
  try {
    new Encoder({ registry }).encode(type, value as Value);
  } catch (error) {
    if (error instanceof GobError) return error;
  }
  throw new Error('no GobError was thrown');
}

function roundTrip(type: GobType, value: Value): Value {
  return new Decoder().push(new Encoder({ registry }).encode(type, value))[0]!.value;
}

const endless: Value[] = [];
endless.push(endless);

describe('refused, with the path', () => {
  it.each<[name: string, type: GobType, value: unknown, path: string, message: RegExp]>([
    ['a string for an int', INT, '5', '', /a string does not fit, expected an integer/],
    ['a fraction', slice(INT), [1, 2.5], '[1]', /at \[1\]: the number 2.5 does not fit, expected an integer/],
    ['NaN for an int', INT, NaN, '', /the number NaN/],
    [
      'an int of 64 bits too many',
      INT,
      2n ** 63n,
      '',
      /expected an integer of -9223372036854775808 to 9223372036854775807/,
    ],
    ['an int too low', INT, -(2n ** 63n) - 1n, '', /the number -9223372036854775809/],
    ['an int too high, as a number', INT, 2 ** 63, '', /expected an integer of/],
    ['a negative uint', UINT, -1, '', /expected an integer of 0 to 18446744073709551615/],
    ['a uint too high', UINT, 2n ** 64n, '', /expected an integer of 0 to/],
    ['a bigint for a float', FLOAT, 1n, '', /expected a number/],
    ['a number for a bool', BOOL, 1, '', /expected true or false/],
    ['a number for a complex', COMPLEX, 1, '', /expected a Complex/],
    [
      'a number for a string',
      device,
      { Name: 5 },
      '.Name',
      /at \.Name: the number 5 does not fit, expected a string/,
    ],
    ['zero for a string', device, { Name: 0 }, '.Name', /expected a string/],
    ['an empty string for an int', point, { X: '' }, '.X', /expected an integer/],
    ['half a surrogate pair', slice(STRING), ['a', 'x\ud800'], '[1]', /half a surrogate pair/],
    ['half a pair in a long string', STRING, 'ä'.repeat(100) + '\udc00', '', /half a surrogate pair/],
    ['a string for bytes', BYTES, 'abc', '', /expected a Uint8Array/],
    ['an array for bytes', BYTES, [1], '', /a list of 1 does not fit, expected a Uint8Array/],
    ['an array too short', array(3, INT), [1, 2], '', /a list of 2 does not fit, expected a list of 3/],
    ['bytes for a list', slice(UINT), new Uint8Array(1), '', /a Uint8Array does not fit, expected a list/],
    ['a list for a struct', slice(point), [{}, []], '[1]', /a list of 0 does not fit, expected a struct/],
    ['null for a struct in a list', slice(point), [null], '[0]', /null does not fit, expected a struct/],
    ['null for a string', device, { Name: null }, '.Name', /null does not fit, expected a string/],
    ['null for a map in a list', slice(map(STRING, INT)), [null], '[0]', /expected a Map or an object/],
    ['a field of a field', device, { At: { X: 1, Y: true } }, '.At.Y', /at \.At\.Y: a boolean/],
    ['a field that is not there', device, { At: { X: 1, Z: 1 } }, '.At', /there is no field "Z" in the type/],
    ['an inherited name that is not there', point, { X: 1, toString: 1 }, '', /no field "toString"/],
    ['a value in a map', device, { Extra: new Map([['k', 'v']]) }, '.Extra[k]', /at \.Extra\[k\]: a string/],
    ['a key that is no integer', map(INT, INT), { '01': 1 }, '', /expected a decimal integer as a key/],
    [
      'an object with other keys',
      map(point, INT),
      {},
      '',
      /expected a Map, since its keys are of kind struct/,
    ],
    ['a bare value for an interface', device, { Any: 5 }, '.Any', /expected an InterfaceValue or null/],
    [
      'an unregistered type',
      INTERFACE,
      new InterfaceValue('main.X', 1),
      '',
      /no type is registered as "main.X"/,
    ],
    ['the name of nil', INTERFACE, new InterfaceValue('', 1), '', /no type is registered as ""/],
    ['an interface in an interface', INTERFACE, new InterfaceValue('any', null), '', /something concrete/],
    [
      'a value inside an interface',
      device,
      { Any: new InterfaceValue('main.Point', { X: 'x' }) },
      '.Any.X',
      /at \.Any\.X/,
    ],
    ['undefined', slice(INT), [undefined], '[0]', /undefined does not fit/],
  ])('%s', (_name, type, value, path, message) => {
    const error = refusal(type, value);
    expect(error.code).toBe('GOB_UNENCODABLE');
    expect(error.path).toBe(path);
    expect(error.message).toMatch(message);
  });

  it('a value that contains itself', () => {
    const nest = slice(INT);
    nest.elem = nest;
    const error = refusal(nest, endless);
    expect(error.code).toBe('GOB_UNENCODABLE');
    expect(error.message).toMatch(/at \[0\].*….*contains itself/);
  });

  it('names in messages are made harmless', () => {
    expect(refusal(struct('T', { 'A\u001b[31m': INT }), { 'A\u001b[31m': 'x' }).message).toContain(
      '["A\\u001b[31m"]',
    );
  });
});

describe('what a value may leave out', () => {
  it.each<[name: string, type: GobType, value: Value, decoded: Value]>([
    ['fields', device, {}, { Name: '', At: { X: 0, Y: 0 }, Tags: [], Extra: new Map(), Any: null }],
    [
      'what null stands for',
      device,
      { At: null, Tags: null, Extra: null, Any: null },
      { Name: '', At: { X: 0, Y: 0 }, Tags: [], Extra: new Map(), Any: null },
    ],
    ['a Map', map(STRING, INT), { a: 1 }, new Map([['a', 1]])],
    ['a Map of integers', map(INT, INT), { '-9223372036854775808': 1 }, new Map([[-(2n ** 63n), 1]])],
    ['the difference of number and bigint', slice(INT), [1n, 2], [1, 2]],
    ['the order of fields', point, { Y: 2, X: 1 }, { X: 1, Y: 2 }],
    [
      'zeros of other looks',
      struct('Z', { A: INT, B: FLOAT, C: COMPLEX, D: UINT }),
      { A: 0n, B: -0, C: new Complex(-0, 0), D: -0 },
      { A: 0, B: 0, C: new Complex(0, 0), D: 0 },
    ],
  ])('%s', (_name, type, value, decoded) => {
    expect(roundTrip(type, value)).toEqual(decoded);
  });

  it('a prototype', () => {
    const bare = Object.assign(Object.create(null) as Record<string, Value>, { X: 1 });
    expect(roundTrip(point, bare)).toEqual({ X: 1, Y: 0 });
    expect(roundTrip(struct('T', { toString: INT, constructor: INT }), { constructor: 1 })).toEqual({
      toString: 0,
      constructor: 1,
    });
  });

  it('a field that is undefined', () => {
    expect(roundTrip(point, { X: undefined, Y: 1, Z: undefined } as unknown as Value)).toEqual({
      X: 0,
      Y: 1,
    });
  });
});

describe('a value that is refused', () => {
  const holder = struct('Holder', { P: point, Any: INTERFACE, N: INT });
  const good = { P: { X: 1 }, Any: new InterfaceValue('main.Point', { Y: 2 }), N: 3 };
  const bad = { ...good, N: 'x' };

  it('does not count as sent, and neither do the types that it would have defined', () => {
    const encoder = new Encoder({ registry });
    expect(() => encoder.encode(holder, bad)).toThrow(GobError);
    expect(encoder.encode(holder, good)).toEqual(new Encoder({ registry }).encode(holder, good));
  });

  it('leaves nothing behind, also if it is inside an interface', () => {
    const encoder = new Encoder({ registry });
    const inside = { ...good, Any: new InterfaceValue('main.Point', { Y: 'x' }) };
    expect(() => encoder.encode(holder, inside)).toThrow(GobError);
    expect(encoder.encode(holder, good)).toEqual(new Encoder({ registry }).encode(holder, good));
  });

  it('takes those before it along, in encodeAll', () => {
    const encoder = new Encoder({ registry });
    expect(() =>
      encoder.encodeAll([
        [point, { X: 1 }],
        [holder, bad],
      ]),
    ).toThrow(expect.objectContaining({ path: '.N' }));
    const decoder = new Decoder();
    const bytes = encoder.encodeAll([
      [point, { X: 1 }],
      [holder, good],
    ]);
    expect(decoder.push(bytes).map(({ value }) => value)).toEqual([
      { X: 1, Y: 0 },
      { P: { X: 1, Y: 0 }, Any: new InterfaceValue('main.Point', { X: 0, Y: 2 }), N: 3 },
    ]);
  });
});

it('says when a stream has no type ids left', () => {
  const encoder = new Encoder({ firstTypeId: 2 ** 31 - 1 });
  expect(() => encoder.encode(slice(slice(INT)), [])).toThrow(
    expect.objectContaining({ code: 'GOB_UNENCODABLE' }),
  );
});

it('gives away bytes of its own', () => {
  const encoder = new Encoder();
  const first = encoder.encode(STRING, 'first');
  const copy = Uint8Array.from(first);
  encoder.encode(STRING, 'other');
  expect(Uint8Array.from(first)).toEqual(copy);
});

it('sends what is larger than its buffers', () => {
  const value = [
    ...Array.from({ length: 50 }, (_, i) => 'x'.repeat(i * 40)),
    'ä💡'.repeat(100_000),
    'y'.repeat(3_000_000),
  ];
  const encoder = new Encoder();
  const decoder = new Decoder();
  for (let i = 0; i < 3; i++)
    expect(decoder.push(encoder.encode(slice(STRING), value))[0]?.value).toEqual(value);
});
