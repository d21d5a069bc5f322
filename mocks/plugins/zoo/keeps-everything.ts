#!/usr/bin/env node
import { serveIglu } from '../iglu.js';
import { hasEmptyKey } from '../settings.js';

/** What one setting costs, in bytes. */
const KEPT = 1024 * 1024;

// Keeps something for each setting without a key, for ever.
const kept: Uint8Array[] = [];
await serveIglu({
  handlers: {
    OnConfigurationUpdate: (args) => {
      if (hasEmptyKey(args)) kept.push(new Uint8Array(KEPT).fill(kept.length));
      return null;
    },
  },
});
