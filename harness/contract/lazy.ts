import type * as Ajv from 'ajv/dist/2020.js';
import type * as AjvFormats from 'ajv-formats';
import { createRequire } from 'node:module';
import type * as Re2 from 're2js';

// ajv alone takes about 70 ms to load, and many commands judge no value: a synchronous, late require keeps the cost
// with those that do.
const requireHere = createRequire(import.meta.url);

export function loadAjv(): typeof Ajv {
  return requireHere('ajv/dist/2020.js') as typeof Ajv;
}

export function loadAjvFormats(): typeof AjvFormats.default {
  return requireHere('ajv-formats') as typeof AjvFormats.default;
}

export function loadRe2(): typeof Re2 {
  return requireHere('re2js') as typeof Re2;
}
