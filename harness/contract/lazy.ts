import { createRequire } from 'node:module';

// ajv alone takes about 70 ms to load, and many commands judge no value: a synchronous, late require keeps the cost
// with those that do.
const requireHere = createRequire(import.meta.url);

type AjvModule = typeof import('ajv/dist/2020.js');
type AjvFormatsModule = typeof import('ajv-formats');
type Re2Module = typeof import('re2js');

export function loadAjv(): AjvModule {
  return requireHere('ajv/dist/2020.js') as AjvModule;
}

export function loadAjvFormats(): AjvFormatsModule {
  return requireHere('ajv-formats') as AjvFormatsModule;
}

export function loadRe2(): Re2Module {
  return requireHere('re2js') as Re2Module;
}
