import greeter from './builtin/greeter.json' with { type: 'json' };
import iglu from './builtin/iglu.json' with { type: 'json' };

/** The contracts that have a name of their own. */
export const BUILTINS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['iglu', iglu],
  ['greeter', greeter],
]);
