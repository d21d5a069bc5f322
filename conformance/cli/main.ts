#!/usr/bin/env node
import { exitWith, exitWithDefect } from './exit-with.js';
import { program } from './program.js';
import { splitAtDashes } from './split-at-dashes.js';

// Whoever reads us may have read enough: iglu-conformance … | head.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
process.on('uncaughtException', exitWithDefect);

const { words, command } = splitAtDashes(process.argv.slice(2));
await exitWith(async () => {
  await program(command).parseAsync(words, { from: 'user' });
});
