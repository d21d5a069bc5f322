import greeter from './builtin/greeter.json' with { type: 'json' };
import iglu from './builtin/iglu.json' with { type: 'json' };
import type { ContractDocument } from './document.js';

/** The contracts that have a name of their own. */
export const BUILTINS: ReadonlyMap<string, ContractDocument> = new Map([
  ['iglu', iglu as unknown as ContractDocument],
  ['greeter', greeter as unknown as ContractDocument],
]);
