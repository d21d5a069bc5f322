import * as fc from 'fast-check';
import { HEADER_BYTES } from '../../../harness/yamux/index.js';
import type { Conversation } from './conversation.js';
import type { Layer, Mutation } from './mutation.js';
import { encodeUnit, type Unit } from './unit.js';
import type { Ending, WireCase, WirePart } from './wire-case.js';

const ENDINGS = fc.constantFrom<Ending>('close', 'half-close', 'hold');

/** What is done to a conversation, and how its sender leaves. The bytes are made when they are wanted. */
export interface Recipe {
  readonly mutations: readonly Mutation[];
  readonly ending: Ending;
}

/** Some of these mutations, one after the other. */
export function recipes(mutations: fc.Arbitrary<readonly Mutation[]>): fc.Arbitrary<Recipe> {
  return fc.record({ mutations, ending: ENDINGS });
}

/** The conversation after the mutations; those that find nothing to change are left out. */
export function buildCase(
  layer: Layer,
  { units, brokerId }: Conversation,
  { mutations, ending }: Recipe,
): WireCase {
  const texts: string[] = [];
  let now = units;
  for (const mutation of mutations) {
    const mutated = mutation.apply(now);
    if (!mutated) continue;
    now = mutated.units;
    texts.push(mutated.text);
  }
  return { kind: 'wire', layer, mutations: texts, parts: partsOf(now), brokerId, ending };
}

/** What can be sent at once, and what has to wait for the plugin's answer to Dispense. */
function partsOf(units: readonly Unit[]): WirePart[] {
  const first = units.findIndex(({ dispensed }) => dispensed);
  const wait = first < 0 ? units.length : first;
  return [part(units.slice(0, wait), false), part(units.slice(wait), true)].filter(
    ({ bytes }) => bytes.length > 0,
  );
}

function part(units: readonly Unit[], dispensed: boolean): WirePart {
  const chunks: Uint8Array[] = [];
  const brokerIdAt: number[] = [];
  let length = 0;
  for (const unit of units) {
    const bytes = encodeUnit(unit);
    const carriesId = unit.part === 'broker-id' && bytes.length >= HEADER_BYTES + unit.frame.payload.length;
    if (carriesId) brokerIdAt.push(length + HEADER_BYTES);
    chunks.push(bytes);
    length += bytes.length;
  }
  return { bytes: Buffer.concat(chunks), dispensed, brokerIdAt };
}
