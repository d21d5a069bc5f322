import * as fc from 'fast-check';
import {
  changing,
  indexAt,
  isWhole,
  mutationClass,
  PLACE,
  replaced,
  type MutationClass,
} from './mutation.js';
import type { Unit } from './unit.js';

/** What can happen to any units of a conversation: they are lost, come twice, or in another order. */
export function orderMutations(thing: string, fits: (unit: Unit) => boolean): MutationClass[] {
  const eligible = (unit: Unit): boolean => isWhole(unit) && fits(unit);
  return [
    mutationClass(
      `${thing} dropped`,
      fc.record({ place: PLACE }),
      changing(eligible, ({ what }) => ({ units: [], text: `${what} is left out` })),
    ),
    mutationClass(
      `${thing} repeated`,
      fc.record({ place: PLACE, times: fc.integer({ min: 1, max: 4 }) }),
      changing(eligible, (unit, { times }) => ({
        units: Array.from({ length: times + 1 }, () => unit),
        text: `${unit.what} is sent ${times + 1} times`,
      })),
    ),
    mutationClass(
      `${thing} swapped`,
      fc.record({ place: PLACE, other: PLACE }),
      (units, { place, other }) => {
        const first = indexAt(units, place, eligible);
        if (first === undefined) return undefined;
        const second = indexAt(units, other, (unit) => eligible(unit) && unit !== units[first]);
        const [one, two] = [units[first], second === undefined ? undefined : units[second]];
        if (!one || !two || second === undefined) return undefined;
        return {
          units: replaced(replaced(units, first, two), second, one),
          text: `${one.what} and ${two.what} change places`,
        };
      },
    ),
    mutationClass(`${thing} moved`, fc.record({ place: PLACE, to: PLACE }), (units, { place, to }) => {
      const from = indexAt(units, place, eligible);
      const unit = from === undefined ? undefined : units[from];
      if (!unit || from === undefined) return undefined;
      const rest = replaced(units, from);
      const at = to % units.length;
      if (at === from) return undefined;
      return {
        units: [...rest.slice(0, at), unit, ...rest.slice(at)],
        text: `${unit.what} is sent ${at < from ? 'before' : 'after'} ${units[at]?.what ?? 'all else'}`,
      };
    }),
  ];
}
