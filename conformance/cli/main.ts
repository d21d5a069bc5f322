#!/usr/bin/env node
import { CommanderError } from 'commander';
import { EXIT } from './exit-codes.js';
import { program } from './program.js';

try {
  await program().parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // --help and --version end this way too, with code 0.
  process.exitCode = error.exitCode === 0 ? EXIT.conformant : EXIT.notJudged;
}
