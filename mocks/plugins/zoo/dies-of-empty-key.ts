#!/usr/bin/env node
import { serveIglu } from '../iglu.js';
import { hasEmptyKey } from '../settings.js';

// Ends when a setting without a key is changed.
await serveIglu({
  handlers: {
    OnConfigurationUpdate: (args) => {
      if (hasEmptyKey(args)) process.exit(2);
      return null;
    },
  },
});
