#!/usr/bin/env node
import { openSync } from 'node:fs';
import { devNull } from 'node:os';
import { serveIglu } from '../iglu.js';
import { hasEmptyKey } from '../settings.js';

// Opens a file for each setting without a key, and never closes it.
await serveIglu({
  handlers: {
    OnConfigurationUpdate: (args) => {
      if (hasEmptyKey(args)) openSync(devNull, 'r');
      return null;
    },
  },
});
