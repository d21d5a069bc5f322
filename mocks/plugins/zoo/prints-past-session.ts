#!/usr/bin/env node
import { writeSync } from 'node:fs';
import { serveIglu } from '../iglu.js';

// Prints on its original stdout after the handshake.
await serveIglu({
  handlers: {
    GetWebExtensions: () => {
      writeSync(1, 'extensions were asked for\n');
      return { Extensions: [] };
    },
  },
});
