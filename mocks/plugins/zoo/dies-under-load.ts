#!/usr/bin/env node
import { setImmediate } from 'node:timers/promises';
import { serveIglu } from '../iglu.js';

// Ends when one method is called many times at once.
let toggling = 0;
await serveIglu({
  handlers: {
    OnDeviceToggle: async () => {
      toggling += 1;
      if (toggling > 8) process.exit(2);
      await setImmediate();
      toggling -= 1;
      return { Err: null };
    },
  },
});
