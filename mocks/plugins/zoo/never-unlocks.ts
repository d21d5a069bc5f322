#!/usr/bin/env node
import { serveIglu } from '../iglu.js';
import { hasEmptyKey } from '../settings.js';

// Keeps its lock when a setting without a key is refused: the next change waits for ever.
let isLocked = false;
await serveIglu({
  handlers: {
    OnConfigurationUpdate: async (args) => {
      if (isLocked) await new Promise<never>(() => {});
      isLocked = hasEmptyKey(args);
      if (isLocked) throw new Error('a setting needs a key');
      return null;
    },
  },
});
