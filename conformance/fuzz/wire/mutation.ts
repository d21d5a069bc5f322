import * as fc from 'fast-check';
import type { Unit } from './unit.js';

/** The part of the conversation that is spoilt; what lies above it is spoilt with it, what lies below is not. */
export type Layer = 'yamux' | 'rpc' | 'gob';

/** A conversation after a mutation, and the mutation in words. */
export interface Mutated {
  readonly units: readonly Unit[];
  readonly text: string;
}

/** One change; `undefined` where there is nothing of the kind that it changes. */
export interface Mutation {
  /** The name of its class. */
  readonly name: string;
  apply(units: readonly Unit[]): Mutated | undefined;
}

/** One way in which a conversation goes wrong, with all its particulars. */
export interface MutationClass {
  readonly name: string;
  readonly arbitrary: fc.Arbitrary<Mutation>;
}

export function mutationClass<P>(
  name: string,
  particulars: fc.Arbitrary<P>,
  apply: (units: readonly Unit[], particulars: P) => Mutated | undefined,
): MutationClass {
  const arbitrary = particulars.map((each) => ({
    name,
    apply: (units: readonly Unit[]) => apply(units, each),
  }));
  return { name, arbitrary };
}

/** A place among the units that a mutation is about: taken modulo their number, so that it shrinks to the first. */
export const PLACE: fc.Arbitrary<number> = fc.noBias(fc.nat({ max: 0xff }));

/** The index of the unit that a place means among those that are fit; `undefined` when there is none. */
export function indexAt(
  units: readonly Unit[],
  place: number,
  fits: (unit: Unit) => boolean,
): number | undefined {
  const indexes = units.flatMap((unit, index) => (fits(unit) ? [index] : []));
  return indexes[place % Math.max(1, indexes.length)];
}

/** Puts another unit, or several or none, where one was. */
export function replaced(units: readonly Unit[], index: number, ...others: readonly Unit[]): readonly Unit[] {
  return [...units.slice(0, index), ...others, ...units.slice(index + 1)];
}

/** Changes the unit that a place means. */
export function changing<P extends { readonly place: number }>(
  fits: (unit: Unit) => boolean,
  change: (
    unit: Unit,
    particulars: P,
  ) => { readonly units: readonly Unit[]; readonly text: string } | undefined,
): (units: readonly Unit[], particulars: P) => Mutated | undefined {
  return (units, particulars) => {
    const index = indexAt(units, particulars.place, fits);
    const unit = index === undefined ? undefined : units[index];
    const changed = unit && change(unit, particulars);
    return changed && { units: replaced(units, index as number, ...changed.units), text: changed.text };
  };
}

/** Frames that are still what they were when they were recorded. */
export function isWhole(unit: Unit): boolean {
  return unit.raw === undefined;
}
