import type { Check } from './check.js';
import { CONCURRENCY_CHECKS } from './concurrency.js';
import { CRASH_CHECKS } from './crash.js';
import { DISPENSE_CHECKS } from './dispense.js';
import { ERRORS_CHECKS } from './errors.js';
import { FUZZ_CHECKS } from './fuzz.js';
import { HOST_CATALOGUE } from './host/index.js';
import { HANG_CHECKS } from './hang.js';
import { HANDSHAKE_CHECKS } from './handshake.js';
import { INTERFACE_CHECKS } from './interface.js';
import { LAUNCH_CHECKS } from './launch.js';
import { LIFECYCLE_CHECKS } from './lifecycle.js';
import { LOGGING_CHECKS } from './logging.js';
import { MISUSE_CHECKS } from './misuse.js';
import { SECURITY_CHECKS } from './security.js';
import { SESSION_CHECKS } from './session.js';
import { VERSION_CHECKS } from './version.js';
import { WIRE_CHECKS } from './wire.js';

/** Every check on plugins, area by area, from the first thing a host does to the last. */
export const CATALOGUE: readonly Check[] = [
  ...LAUNCH_CHECKS,
  ...HANDSHAKE_CHECKS,
  ...VERSION_CHECKS,
  ...SESSION_CHECKS,
  ...SECURITY_CHECKS,
  ...DISPENSE_CHECKS,
  ...ERRORS_CHECKS,
  ...INTERFACE_CHECKS,
  ...MISUSE_CHECKS,
  ...CONCURRENCY_CHECKS,
  ...LIFECYCLE_CHECKS,
  ...CRASH_CHECKS,
  ...HANG_CHECKS,
  ...FUZZ_CHECKS,
  ...WIRE_CHECKS,
  ...LOGGING_CHECKS,
];

export function findCheck(id: string): Check | undefined {
  return [...CATALOGUE, ...HOST_CATALOGUE].find((check) => check.id === id);
}
