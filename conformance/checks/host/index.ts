import type { Check } from '../check.js';
import { ADAPTER_CHECKS } from './adapter.js';
import { CALLING_CHECKS } from './calling.js';
import { CRASHING_CHECKS } from './crashing.js';
import { ENDURING_CHECKS } from './enduring.js';
import { LAUNCHING_CHECKS } from './launching.js';
import { LOADING_CHECKS } from './loading.js';
import { withstands } from './withstanding.js';

export { CANARY } from './launching.js';

const TOLD: readonly Check[] = [
  ...ADAPTER_CHECKS,
  ...LOADING_CHECKS,
  ...CALLING_CHECKS,
  ...CRASHING_CHECKS,
  withstands,
];

/** Ids of the checks that only a host with an adapter can be judged by: one that has none cannot be told anything. */
export const ADAPTER_ONLY: ReadonlySet<string> = new Set(TOLD.map(({ id }) => id));

/** Every check on hosts, from the first thing that a host does to the worst that can happen to it. */
export const HOST_CATALOGUE: readonly Check[] = [
  ...ADAPTER_CHECKS,
  ...LAUNCHING_CHECKS,
  ...ENDURING_CHECKS,
  ...LOADING_CHECKS,
  ...CALLING_CHECKS,
  ...CRASHING_CHECKS,
  withstands,
];
