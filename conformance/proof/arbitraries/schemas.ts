import { COMBINED_SCHEMAS } from './combined.js';
import { COMPOUND_SCHEMAS } from './compounds.js';
import { SCALAR_SCHEMAS } from './scalars.js';
import type { ArbitrarySchema } from './schema.js';
import { TEXT_SCHEMAS } from './texts.js';

/** One for each keyword, and for each combination of them of which values are made in a way of their own. */
export const ARBITRARY_SCHEMAS: readonly ArbitrarySchema[] = [
  ...SCALAR_SCHEMAS,
  ...TEXT_SCHEMAS,
  ...COMPOUND_SCHEMAS,
  ...COMBINED_SCHEMAS,
];
