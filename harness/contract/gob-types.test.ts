import { describe, expect, it } from 'vitest';
import * as gob from '../gob/types.js';
import type { GobType, StructType } from '../gob/types.js';
import { zeroValue } from '../gob/zero.js';
import { methodWith, struct } from './contract.util.js';

const typeOf = (schema: unknown, $defs: object = {}): GobType => methodWith({ args: schema }, { $defs }).args;

describe('the gob type of a schema', () => {
  it.each<[unknown, GobType]>([
    [{ type: 'boolean' }, gob.BOOL],
    [{ type: 'integer' }, gob.INT],
    [{ type: 'integer', go: 'uint' }, gob.UINT],
    [{ type: 'number' }, gob.FLOAT],
    [{ go: 'complex' }, gob.COMPLEX],
    [{ type: 'string' }, gob.STRING],
    [{ type: 'string', go: '[]byte', contentEncoding: 'base64' }, gob.BYTES],
    [{ go: 'error' }, gob.INTERFACE],
    [{ go: 'interface' }, gob.INTERFACE],
    [null, gob.INTERFACE],
    [{ type: 'array', items: { type: 'string' } }, gob.slice(gob.STRING)],
    [
      { type: 'array', go: 'array', minItems: 3, maxItems: 3, items: { type: 'number' } },
      gob.array(3, gob.FLOAT),
    ],
    [{ type: 'object', additionalProperties: { type: 'string' } }, gob.map(gob.STRING, gob.STRING)],
    [
      { type: 'object', additionalProperties: { go: 'error' }, goKey: 'int' },
      gob.map(gob.INT, gob.INTERFACE),
    ],
    [
      { type: 'object', additionalProperties: { type: 'string' }, goKey: 'uint' },
      gob.map(gob.UINT, gob.STRING),
    ],
    [
      { type: 'object', additionalProperties: { type: 'string' }, goKey: 'float' },
      gob.map(gob.FLOAT, gob.STRING),
    ],
    [
      { type: 'object', additionalProperties: { type: 'string' }, goKey: 'bool' },
      gob.map(gob.BOOL, gob.STRING),
    ],
    [struct({}), gob.struct('', {})],
    [
      {
        ...struct({ B: { type: 'string' }, A: { type: 'integer' } }),
        required: ['A'],
        additionalProperties: false,
      },
      gob.struct('', { B: gob.STRING, A: gob.INT }),
    ],
    [struct({ Ärger: { type: 'string' } }), gob.struct('', { Ärger: gob.STRING })],
  ])('%j', (schema, type) => {
    expect(typeOf(schema)).toEqual(type);
  });

  it('has the name that it has in $defs, also by another name for it', () => {
    const $defs = { Lamp: struct({ On: { type: 'boolean' } }), Light: { $ref: '#/$defs/Lamp' } };
    expect(typeOf({ $ref: '#/$defs/Light' }, $defs)).toEqual(gob.struct('Lamp', { On: gob.BOOL }));
    expect(
      typeOf({ $ref: '#/$defs/Names' }, { Names: { type: 'array', items: { type: 'string' } } }),
    ).toEqual(gob.slice(gob.STRING, 'Names'));
  });

  it('is one object wherever it is referred to', () => {
    const type = typeOf(struct({ A: { $ref: '#/$defs/Lamp' }, B: { $ref: '#/$defs/Lamp' } }), {
      Lamp: struct({ On: { type: 'boolean' } }),
    }) as StructType;
    expect(type.fields[0]?.type).toBe(type.fields[1]?.type);
  });
});

describe('a recursive type', () => {
  const NODE = { Node: struct({ Value: { type: 'integer' }, Next: { $ref: '#/$defs/Node' } }) };

  it('is a cyclic graph through a field', () => {
    const node = typeOf({ $ref: '#/$defs/Node' }, NODE) as StructType;
    expect(node.fields.map((field) => field.name)).toEqual(['Value', 'Next']);
    expect(node.fields[1]?.type).toBe(node);
  });

  it('is a cyclic graph through a slice, a map, and two structs', () => {
    const tree = typeOf(
      { $ref: '#/$defs/Tree' },
      { Tree: struct({ Children: { type: 'array', items: { $ref: '#/$defs/Tree' } } }) },
    );
    expect(tree).toMatchObject({ fields: [{ type: { kind: 'slice', elem: tree } }] });
    const names = typeOf(
      { $ref: '#/$defs/Names' },
      { Names: { type: 'object', additionalProperties: { $ref: '#/$defs/Names' } } },
    );
    expect(names.kind === 'map' && names.elem).toBe(names);
    const list = typeOf(
      { $ref: '#/$defs/List' },
      { List: { type: 'array', items: { $ref: '#/$defs/List' } } },
    );
    expect(list.kind === 'slice' && list.elem).toBe(list);
    const a = typeOf(
      { $ref: '#/$defs/A' },
      { A: struct({ B: { $ref: '#/$defs/B' } }), B: struct({ A: { $ref: '#/$defs/A' } }) },
    ) as StructType;
    expect(a).toMatchObject({ fields: [{ type: { name: 'B', fields: [{ type: a }] } }] });
  });

  it.each<[string, unknown, object]>([
    ['a list', { $ref: '#/$defs/Node' }, NODE],
    ['a struct with a list', struct({ Head: { $ref: '#/$defs/Node' }, Name: { type: 'string' } }), NODE],
    [
      'a tree',
      { $ref: '#/$defs/Tree' },
      { Tree: struct({ Children: { type: 'array', items: { $ref: '#/$defs/Tree' } } }) },
    ],
    [
      'a struct in an array of itself',
      struct({ Grid: { $ref: '#/$defs/Cell' } }),
      {
        Cell: struct({
          Next: { type: 'array', go: 'array', minItems: 2, maxItems: 2, items: { $ref: '#/$defs/Cell' } },
        }),
      },
    ],
    [
      'two structs',
      { $ref: '#/$defs/A' },
      { A: struct({ B: { $ref: '#/$defs/B' } }), B: struct({ A: { $ref: '#/$defs/A' } }) },
    ],
  ])('is valid as what gob fills in for it: %s', (_, reply, $defs) => {
    const method = methodWith({ reply }, { $defs });
    expect(method.violationsOfReply(zeroValue(method.reply))).toEqual([]);
  });

  it('may be nil where it is a pointer, and nowhere else', () => {
    const method = methodWith({ reply: { $ref: '#/$defs/Node' } }, { $defs: NODE });
    const nested = { Value: 1, Next: { Value: 2, Next: { Value: 3, Next: null } } };
    expect(method.sampleReply()).toEqual({ Value: 0, Next: null });
    expect(method.violationsOfReply(nested)).toEqual([]);
    expect(
      methodWith({ reply: struct({ Head: { $ref: '#/$defs/Node' } }) }, { $defs: NODE }).sampleReply(),
    ).toEqual({
      Head: null,
    });
    expect(method.violationsOfReply(null)).toMatchObject([{ path: '', rule: 'type' }]);
    expect(method.violationsOfReply({ Value: 1, Next: { Value: 'x', Next: null } })).toMatchObject([
      { path: '/Next/Value', rule: 'type' },
    ]);
    expect(method.violationsOfReply({ Value: null, Next: null })).toMatchObject([
      { path: '/Value', rule: 'type' },
    ]);
  });
});
