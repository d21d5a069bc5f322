#!/usr/bin/env node
import { serveIglu } from '../iglu.js';

// Answers what every host has to know with an error.
await serveIglu({
  handlers: {
    GetManifest: () => {
      throw new Error('not implemented');
    },
  },
});
