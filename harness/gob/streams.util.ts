import type { Value } from '../value/index.js';
import { CASE_REGISTRY } from './cases-interface.util.js';
import { CASES } from './cases.util.js';
import { Encoder } from './index.js';

/** A stream of several values. cases.test.ts shows that such streams are Go's own, byte for byte. */
export interface Stream {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly values: readonly Value[];
  /** After how many bytes one value is complete, two are, and so on. */
  readonly ends: readonly number[];
}

function makeStream(name: string): Stream[] {
  const { types, values, sent } = CASES[name]!;
  if (values === undefined) return [];
  const encoder = new Encoder({ registry: CASE_REGISTRY });
  const parts = types.map((type, index) => encoder.encode(type, (sent ?? values)[index] as Value));
  let end = 0;
  const ends = parts.map((part) => (end += part.length));
  return [{ name, bytes: new Uint8Array(Buffer.concat(parts)), values, ends }];
}

export const STREAMS: readonly Stream[] = Object.keys(CASES).flatMap(makeStream);
