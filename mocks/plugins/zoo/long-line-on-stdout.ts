#!/usr/bin/env node
import { writeSync } from 'node:fs';
import { serveIglu } from '../iglu.js';

// Writes a line to its original stdout that no scanner takes.
let written = false;
await serveIglu({
  handlers: {
    GetWebExtensions: () => {
      // Once: a full pipe would make this call fail, and that is another fault.
      if (!written) writeSync(1, `${'x'.repeat(70_000)}\n`);
      written = true;
      return { Extensions: [] };
    },
  },
});
