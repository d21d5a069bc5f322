import { allowed, greatest, least, type Schema, type Verdict } from '../../../harness/contract/index.js';
import type { GobType } from '../../../harness/gob/index.js';
import type { Value } from '../../../harness/value/index.js';
import { ALL_AWKWARD, ORDINARY } from './awkward-text.js';
import type { Built } from './builder.js';
import { ComplexNode, FloatNode, nextDown, nextUp } from './float.js';
import { formatTexts } from './format-text.js';
import { IntegerNode, integersIn } from './integer.js';
import type { ValueNode } from './node.js';
import { patternTexts } from './pattern-text.js';
import { ANYTHING, BOOLS, BytesNode, NIL, OneOfNode } from './scalars.js';
import { TextNode } from './text.js';

const MAX_INT64 = 2n ** 63n - 1n;
const MAX_UINT64 = 2n ** 64n - 1n;

/** The limits of integers by their formats. */
const INTEGER_FORMATS: Readonly<Record<string, readonly [low: number, high: number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [-(2 ** 63), 2 ** 63],
};

/** The node of a value without parts. */
export function scalarNode(kind: GobType['kind'], schemas: readonly Schema[], verdict: Verdict): Built {
  const values = allowed(schemas) as Value[] | undefined;
  if (values !== undefined) return listedNode(values, verdict);
  switch (kind) {
    case 'bool':
      return { node: BOOLS, exact: true };
    case 'int':
    case 'uint':
      return integerNode(kind, schemas);
    case 'float':
      return floatNode(schemas);
    case 'string':
      return textNode(schemas, verdict);
    case 'bytes':
      return { node: new BytesNode(), exact: true };
    case 'complex':
      return { node: new ComplexNode(), exact: true };
    case 'interface':
      return { node: schemas.some(({ go }) => go === 'error') ? NIL : ANYTHING, exact: true };
    default:
      return { node: NIL, exact: true };
  }
}

function listedNode(values: readonly Value[], verdict: Verdict): Built {
  const [first, ...more] = values.filter((value) => verdict.accepts(value));
  if (first !== undefined) return { node: new OneOfNode([first, ...more]), exact: true };
  return { node: NOTHING, exact: false };
}

function integerNode(kind: 'int' | 'uint', schemas: readonly Schema[]): Built {
  const formats = schemas.flatMap(({ format }) => INTEGER_FORMATS[format ?? ''] ?? []);
  const lows = [greatest(schemas, 'minimum', -Infinity), ...formats.filter((_, index) => index % 2 === 0)];
  const highs = [least(schemas, 'maximum', Infinity), ...formats.filter((_, index) => index % 2 === 1)];
  const steps = schemas.flatMap(({ multipleOf }) => multipleOf ?? []);
  const whole = steps.every((step) => Number.isSafeInteger(step));
  const [kindLow, kindHigh] = kind === 'int' ? [-MAX_INT64 - 1n, MAX_INT64] : [0n, MAX_UINT64];
  const above = greatest(schemas, 'exclusiveMinimum', -Infinity);
  const below = least(schemas, 'exclusiveMaximum', Infinity);
  const range = {
    low: [
      ...lows.filter(Number.isFinite).map((low) => BigInt(Math.ceil(low))),
      ...(Number.isFinite(above) ? [BigInt(Math.floor(above)) + 1n] : []),
    ].reduce((a, b) => (a > b ? a : b), kindLow),
    high: [
      ...highs.filter(Number.isFinite).map((high) => BigInt(Math.floor(high))),
      ...(Number.isFinite(below) ? [BigInt(Math.ceil(below)) - 1n] : []),
    ].reduce((a, b) => (a < b ? a : b), kindHigh),
    step: whole ? steps.map(BigInt).reduce(leastCommonMultiple, 1n) : 1n,
  };
  if (!integersIn(range)) return { node: NOTHING, exact: false };
  // ajv divides as floats do, and calls no quotient of 1e21 or more an integer.
  return { node: new IntegerNode(range), exact: steps.length === 0 };
}

function leastCommonMultiple(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}

function floatNode(schemas: readonly Schema[]): Built {
  const formats = schemas.flatMap(({ format }) => INTEGER_FORMATS[format ?? ''] ?? []);
  const above = greatest(schemas, 'exclusiveMinimum', -Infinity);
  const below = least(schemas, 'exclusiveMaximum', Infinity);
  const low = Math.max(greatest(schemas, 'minimum', -Infinity), formats[0] ?? -Infinity, nextUp(above));
  const high = Math.min(least(schemas, 'maximum', Infinity), formats[1] ?? Infinity, nextDown(below));
  const steps = schemas.flatMap(({ multipleOf }) => multipleOf ?? []);
  if (formats.length > 0) steps.push(1);
  const limited = LIMITS.some((keyword) => schemas.some((schema) => keyword in schema)) || steps.length > 0;
  if (low > high) return { node: NOTHING, exact: false };
  return { node: new FloatNode({ low, high, limited }, Math.max(0, ...steps)), exact: steps.length === 0 };
}

const LIMITS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const;

function textNode(schemas: readonly Schema[], verdict: Verdict): Built {
  const min = greatest(schemas, 'minLength', 0);
  const max = least(schemas, 'maxLength', Infinity);
  if (min > max) return { node: NOTHING, exact: false };
  const patterns = schemas.flatMap(({ pattern }) => pattern ?? []);
  const formats = schemas.flatMap(({ format }) => format ?? []).map(formatTexts);
  if (patterns.length + formats.length === 0) return { node: new TextNode({ min, max }), exact: true };
  const made = [
    ...patterns.flatMap((pattern) => patternTexts(pattern) ?? []),
    ...formats.flatMap((each) => each.made),
  ];
  const listed = [...formats.flatMap((each) => each.listed), ...ORDINARY, '', ...ALL_AWKWARD];
  const valid = listed.filter((text) => verdict.accepts(text));
  return { node: new TextNode({ min, max }, { listed: valid, made }), exact: false };
}

/** Where there is no value at all; the judge tells. */
const NOTHING: ValueNode = NIL;
