#!/usr/bin/env node
import { writeSync } from 'node:fs';
import { serveIglu } from '../iglu.js';

// Writes a line to its original stdout that no scanner takes.
await serveIglu({
  handlers: {
    GetWebExtensions: () => {
      writeSync(1, `${'x'.repeat(70_000)}\n`);
      return { Extensions: [] };
    },
  },
});
