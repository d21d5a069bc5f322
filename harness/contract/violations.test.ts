import { describe, expect, it } from 'vitest';
import { ByteString, Complex, type Value } from '../value/index.js';
import { methodWith, struct, when } from './contract.util.js';
import { MAX_VIOLATIONS } from './violations.js';

const DEVICES = struct({
  Devices: {
    type: 'array',
    uniqueBy: 'Id',
    items: struct({ Id: { type: 'string' }, Type: { type: 'integer' } }),
  },
});
const lamp = (Id: Value, Type: Value = 0): Value => ({ Id, Type });

/** A reply's schema, a value, and the violation. */
const VIOLATIONS: readonly [unknown, Value, string, string, string][] = [
  [
    struct({ Manifest: struct({ Id: { type: 'string', minLength: 1 } }) }),
    { Manifest: { Id: '' } },
    '/Manifest/Id',
    'minLength',
    'Manifest/Id must not be empty',
  ],
  [{ type: 'string', minLength: 1 }, '', '', 'minLength', 'the reply must not be empty'],
  [{ type: 'string', minLength: 2 }, 'ä', '', 'minLength', 'the reply must have at least 2 characters'],
  [{ type: 'string', maxLength: 2 }, 'abc', '', 'maxLength', 'the reply must have at most 2 characters'],
  [{ type: 'string' }, 3, '', 'type', 'the reply must be a string, not 3'],
  [{ type: 'string' }, null, '', 'type', 'the reply must be a string, not nil'],
  [{ type: 'integer' }, 'x', '', 'type', 'the reply must be an integer, not "x"'],
  [{ type: 'integer' }, 0.5, '', 'type', 'the reply must be an integer, not 0.5'],
  [{ type: 'boolean' }, [true], '', 'type', 'the reply must be a boolean, not a list of 1'],
  [{ type: 'number' }, new Map(), '', 'type', 'the reply must be a number, not a map of 0'],
  [{ type: 'number', maximum: 1 }, NaN, '', 'maximum', 'the reply must be at most 1, not NaN'],
  [
    { type: 'array', items: { type: 'string' } },
    Uint8Array.of(1),
    '',
    'type',
    'the reply must be a list, not 1 bytes',
  ],
  [{ type: 'string' }, new Complex(1, 2), '', 'type', 'the reply must be a string, not 1+2i'],
  [struct({}), 'x', '', 'type', 'the reply must be an object, not "x"'],
  [struct({ A: { type: 'string' } }), {}, '/A', 'required', 'A is missing'],
  [{ type: 'integer', enum: [1, 2] }, 3, '', 'enum', 'the reply must be one of 1, 2, not 3'],
  [{ type: 'string', const: 'on' }, 'off', '', 'const', 'the reply must be "on", not "off"'],
  [{ type: 'integer', minimum: 1 }, 0, '', 'minimum', 'the reply must be at least 1, not 0'],
  [{ type: 'integer', go: 'uint' }, -1, '', 'minimum', 'the reply must be at least 0, not -1'],
  [
    { type: 'integer', maximum: 1 },
    2n ** 63n,
    '',
    'maximum',
    'the reply must be at most 1, not 9223372036854775808',
  ],
  [
    { type: 'integer', exclusiveMinimum: 1 },
    1,
    '',
    'exclusiveMinimum',
    'the reply must be greater than 1, not 1',
  ],
  [
    { type: 'integer', exclusiveMaximum: 1 },
    1,
    '',
    'exclusiveMaximum',
    'the reply must be less than 1, not 1',
  ],
  [{ type: 'integer', multipleOf: 2 }, 3, '', 'multipleOf', 'the reply must be a multiple of 2, not 3'],
  [
    { type: 'integer', format: 'int32' },
    2 ** 31,
    '',
    'format',
    'the reply must be an integer of 32 bits, not 2147483648',
  ],
  [{ type: 'string', pattern: '^[0-9]*$' }, 'a', '', 'pattern', 'the reply must match ^[0-9]*$, not "a"'],
  [
    { type: 'string', format: 'slug' },
    'Not a slug',
    '',
    'format',
    'the reply must be a slug: small letters and digits, in words joined by a hyphen or underscore, not "Not a slug"',
  ],
  [
    { type: 'string', format: 're2' },
    '(?=a)',
    '',
    'format',
    'the reply must be a regular expression of Go\'s regexp package, not "(?=a)": error parsing regexp: invalid or unsupported Perl syntax: `(?=`',
  ],
  [
    { type: 'string', format: 'slug' },
    new ByteString(Uint8Array.of(0xff)),
    '',
    'format',
    'the reply must be a slug: small letters and digits, in words joined by a hyphen or underscore, not "\uFFFD"',
  ],
  [
    { type: 'array', minItems: 1, items: { type: 'string' }, examples: [['a']] },
    [],
    '',
    'minItems',
    'the reply must not be empty',
  ],
  [
    { type: 'array', minItems: 2, items: { type: 'string' } },
    ['a'],
    '',
    'minItems',
    'the reply must have at least 2 elements',
  ],
  [
    { type: 'array', maxItems: 0, items: { type: 'string' } },
    ['a'],
    '',
    'maxItems',
    'the reply must be empty',
  ],
  [
    { type: 'array', uniqueItems: true, items: { type: 'string' } },
    ['a', 'b', 'a'],
    '/2',
    'uniqueItems',
    '2 repeats 0',
  ],
  [
    DEVICES,
    { Devices: [lamp('a'), lamp('b'), lamp('a')] },
    '/Devices/2/Id',
    'uniqueBy',
    'Devices/2/Id repeats "a", which Devices/0/Id has already',
  ],
  [
    { type: 'array', items: { type: 'integer' }, contains: { minimum: 5 }, minContains: 2, maxContains: 3 },
    [5],
    '',
    'contains',
    'the reply must contain 2 to 3 elements of the form in "contains"',
  ],
  [
    { type: 'array', items: { type: 'integer' }, prefixItems: [{ minimum: 5 }, { enum: [1, 2] }] },
    [5, 3],
    '/1',
    'enum',
    '1 must be one of 1, 2, not 3',
  ],
  [
    { type: 'array', items: { type: 'integer', maximum: 9 }, prefixItems: [{ minimum: 5 }] },
    [10, 1],
    '/0',
    'maximum',
    '0 must be at most 9, not 10',
  ],
  [
    { type: 'object', additionalProperties: { type: 'integer' } },
    new Map([['k', 'v']]),
    '/k',
    'type',
    'k must be an integer, not "v"',
  ],
  [
    { type: 'object', goKey: 'int', additionalProperties: { type: 'integer' } },
    new Map<Value, Value>([[7, 'v']]),
    '/7',
    'type',
    '7 must be an integer, not "v"',
  ],
  [
    { type: 'object', minProperties: 1, additionalProperties: { type: 'integer' } },
    new Map(),
    '',
    'minProperties',
    'the reply must not be empty',
  ],
  [
    { type: 'object', maxProperties: 1, additionalProperties: { type: 'integer' } },
    new Map([
      ['a', 1],
      ['b', 1],
    ]),
    '',
    'maxProperties',
    'the reply must have at most 1 entry',
  ],
  [
    { type: 'object', propertyNames: { maxLength: 1 }, additionalProperties: { type: 'integer' } },
    new Map([['ab', 1]]),
    '/ab',
    'maxLength',
    'the key ab must have at most 1 character',
  ],
  [
    { type: 'object', goKey: 'int', additionalProperties: { type: 'integer' } },
    new Map([['x', 1]]),
    '/x',
    'pattern',
    'the key x must match ^-?[0-9]+$, not 1',
  ],
  [
    { type: 'integer', anyOf: [{ minimum: 5 }, { const: 1 }] },
    2,
    '',
    'anyOf',
    'the reply is none of the alternatives',
  ],
  [
    { type: 'integer', oneOf: [{ const: 1 }, { $ref: '#/$defs/Small' }] },
    20,
    '',
    'oneOf',
    'the reply is none of the alternatives',
  ],
  [
    { type: 'integer', oneOf: [{ minimum: 1 }, { minimum: 2 }] },
    3,
    '',
    'oneOf',
    'the reply is more than one of the alternatives',
  ],
  [{ type: 'integer', not: { const: 3 } }, 3, '', 'not', 'the reply is what it must not be'],
  [{ $ref: '#/$defs/Small', minimum: 0 }, 11, '', 'maximum', 'the reply must be at most 10, not 11'],
];

describe('a violation', () => {
  it.each(VIOLATIONS.map((row) => [row[4], ...row] as const))(
    '%s',
    (_, schema, value, path, rule, message) => {
      const method = methodWith({ reply: schema }, { $defs: { Small: { type: 'integer', maximum: 10 } } });
      const found = method.violationsOfReply(value);
      expect(found).toMatchObject([{ path, rule, message }]);
    },
  );

  it('has what stands there, as it is', () => {
    const method = methodWith({
      reply: struct({ A: { type: 'integer', maximum: 1 }, B: { type: 'string' } }),
    });
    const [first, second] = method.violationsOfReply({ A: 2n ** 62n });
    expect(first).toMatchObject({ path: '/B', rule: 'required' });
    expect(first).not.toHaveProperty('actual');
    expect(second).toMatchObject({ path: '/A', actual: 2n ** 62n });
  });

  it('calls arguments so', () => {
    const method = methodWith({ args: { type: 'string', minLength: 1 } });
    expect(method.violationsOfArgs('')).toMatchObject([{ message: 'the arguments must not be empty' }]);
  });

  it('of a condition is told by what the condition demands', () => {
    const schema = {
      ...struct({ Type: { type: 'integer' }, Values: { type: 'array', items: { type: 'string' } } }),
      ...when(
        { properties: { Type: { const: 2 } } },
        { properties: { Values: { minItems: 1 } } },
        { properties: { Values: { maxItems: 0 } } },
      ),
    };
    const method = methodWith({ reply: schema });
    expect(method.violationsOfReply({ Type: 2, Values: [] })).toMatchObject([
      { path: '/Values', message: 'Values must not be empty' },
    ]);
    expect(method.violationsOfReply({ Type: 1, Values: ['a'] })).toMatchObject([{ rule: 'maxItems' }]);
    expect(method.violationsOfReply({ Type: 2, Values: ['a'] })).toEqual([]);
  });

  it('has control characters escaped and long texts cut', () => {
    const method = methodWith({
      reply: { type: 'object', additionalProperties: { type: 'string', maxLength: 1, pattern: '^$' } },
    });
    const found = method.violationsOfReply(new Map([['\u001b[2J', 'x'.repeat(5000)]]));
    const text = found.map((violation) => violation.message).join('\n');
    expect(text).toContain('\\u001b[2J must match');
    expect(text).not.toContain('\u001b');
    expect(text.length).toBeLessThan(400);
  });

  it('is told for the first hundred only', () => {
    const method = methodWith({ reply: { type: 'array', items: { type: 'integer' } } });
    expect(method.violationsOfReply(Array.from({ length: 5000 }, () => 'x'))).toHaveLength(MAX_VIOLATIONS);
  });
});

describe('what is no violation', () => {
  it.each<[unknown, Value]>([
    [{ type: 'number' }, NaN],
    [{ type: 'number' }, Infinity],
    [{ type: 'integer' }, -(2n ** 63n)],
    [{ type: 'integer', go: 'uint' }, 2n ** 64n - 1n],
    [{ type: 'integer', maximum: 2 ** 63 }, 2n ** 63n - 1n],
    [{ type: 'string' }, new ByteString(Uint8Array.of(0xff))],
    [{ type: 'string', maxLength: 1 }, '💡'],
    [struct({ A: { type: 'string' } }), { A: '', FieldOfANewerVersion: 1 }],
    [
      { ...struct({ A: { type: 'string' } }), additionalProperties: false },
      { A: '', FieldOfANewerVersion: 1 },
    ],
    [{ type: 'object', goKey: 'float', additionalProperties: { type: 'string' } }, new Map([[0.5, '']])],
    [{ type: 'object', additionalProperties: { type: 'string' } }, new Map([['__proto__', '']])],
    // Equal as doubles and as text, and not equal.
    [{ type: 'array', uniqueItems: true, items: { type: 'integer' } }, [2n ** 60n, 2n ** 60n + 1n]],
    [
      DEVICES,
      { Devices: [lamp(new ByteString(Uint8Array.of(0xfe))), lamp(new ByteString(Uint8Array.of(0xff)))] },
    ],
    [
      { type: 'object', additionalProperties: DEVICES },
      new Map<Value, Value>([['a/b~c', { Devices: [lamp('a'), lamp('b')] }]]),
    ],
  ])('by %o', (schema, value) => {
    expect(methodWith({ reply: schema }).violationsOfReply(value)).toEqual([]);
  });

  it('is judged in time that a hostile value cannot stretch', () => {
    const many = Array.from({ length: 200_000 }, (_, index) => lamp(`lamp-${index}`));
    expect(methodWith({ reply: DEVICES }).violationsOfReply({ Devices: many })).toEqual([]);
    const backtracking = methodWith({ reply: { type: 'string', pattern: '^(a+)+$' } });
    expect(backtracking.violationsOfReply(`${'a'.repeat(50_000)}!`)).toMatchObject([{ rule: 'pattern' }]);
    const url = methodWith({ reply: { type: 'string', format: 'url' } });
    expect(url.violationsOfReply(`http://${':'.repeat(500_000)}`)).toMatchObject([{ rule: 'format' }]);
  });
});

describe('a convention', () => {
  const reply = struct({
    Manifest: { $ref: '#/$defs/Manifest' },
    Tags: { type: 'array', items: { type: 'string', should: { format: 'slug' } } },
    Labels: { type: 'object', additionalProperties: { $ref: '#/$defs/Label' } },
  });
  const $defs = {
    Label: { type: 'string', allOf: [{ should: { maxLength: 3 } }] },
    Manifest: struct({ Id: { type: 'string', minLength: 1, should: { format: 'slug' } } }),
  };
  const method = methodWith({ reply }, { $defs });
  const value = (Id: string, tag = 'a', label = 'b'): Value => ({
    Manifest: { Id },
    Tags: [tag],
    Labels: new Map([['l', label]]),
  });

  it('is judged apart from what must hold', () => {
    expect(method.hasConventions).toBe(true);
    expect(method.violationsOfReply(value('My Plugin', 'A B', 'long'))).toEqual([]);
    expect(
      method.conventionsOfReply(value('My Plugin', 'A B', 'long')).map(({ path, rule }) => [path, rule]),
    ).toEqual([
      ['/Manifest/Id', 'format'],
      ['/Tags/0', 'format'],
      ['/Labels/l', 'maxLength'],
    ]);
    expect(method.conventionsOfReply(value('my-plugin'))).toEqual([]);
  });

  it('is not told where something must hold and does not', () => {
    expect(method.violationsOfReply(value(''))).toMatchObject([{ path: '/Manifest/Id', rule: 'minLength' }]);
    expect(method.conventionsOfReply(value(''))).toEqual([]);
  });

  it('may depend on a condition, and be recursive', () => {
    const conditional = methodWith(
      { reply: { $ref: '#/$defs/Node' } },
      {
        $defs: {
          Node: {
            ...struct({
              Kind: { type: 'integer' },
              Name: { type: 'string' },
              Children: { type: 'array', items: { $ref: '#/$defs/Node' } },
            }),
            ...when(
              { properties: { Kind: { const: 1 } } },
              { properties: { Name: { should: { minLength: 1 } } } },
            ),
          },
        },
      },
    );
    const node = (Kind: number, Name: string, ...Children: Value[]): Value => ({ Kind, Name, Children });
    expect(conditional.conventionsOfReply(node(0, '', node(1, '', node(1, 'x'))))).toMatchObject([
      { path: '/Children/0/Name', rule: 'minLength' },
    ]);
  });

  it('is not there without a should', () => {
    const plain = methodWith({ reply: { $ref: '#/$defs/Manifest' } }, { $defs: { Manifest: struct({}) } });
    expect(plain.hasConventions).toBe(false);
    expect(plain.conventionsOfReply({})).toEqual([]);
  });
});
