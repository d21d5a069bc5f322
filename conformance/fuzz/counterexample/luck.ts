import type { Rate } from '../replay-steps.js';

/** How sure one wants to be that what fails sometimes would have failed by now. */
const SURE = 0.99;

/** How often something has to be done, at this rate, to be sure to see it fail; once for what fails each time. */
export function timesToBeSure({ failed, of }: Rate): number {
  if (of === 0 || failed >= of) return 1;
  // What was seen once, and not again in ten times, may fail in one of twenty.
  const likely = Math.max(failed, 0.5) / of;
  return Math.max(1, Math.ceil(Math.log(1 - SURE) / Math.log(1 - likely)));
}
