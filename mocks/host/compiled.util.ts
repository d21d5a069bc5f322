import { compile } from '../../harness/test/compiled.util.js';

/** Compiles the host and the mock plugin as they are now; gives the path of a file of theirs as JavaScript. */
export function compileMocks(): (file: string) => string {
  return compile('mocks/host/index.ts', 'mocks/plugins/iglu.ts');
}

/**
 * The text of an executable Iglu plugin.
 *
 * @param compiled - what `compileMocks` returned
 * @param mock - an `IgluMock` (mocks/plugins/iglu.ts) as an expression; `PluginServer` and `InterfaceValue` can be used
 */
export function nodePlugin(compiled: (file: string) => string, mock: string): string {
  return `#!/usr/bin/env node
import { STRING } from '${compiled('harness/gob/index.js')}';
import { PluginServer } from '${compiled('harness/server/index.js')}';
import { InterfaceValue } from '${compiled('harness/value/index.js')}';
import { serveIglu } from '${compiled('mocks/plugins/iglu.js')}';
await serveIglu(${mock});
`;
}
