#!/usr/bin/env node
import { setImmediate } from 'node:timers/promises';
import type { Value, ValueStruct } from '../../../harness/value/index.js';
import { serveIglu } from '../iglu.js';

// Keeps the question in one place for all callers.
let last: Value | undefined;
await serveIglu({
  handlers: {
    GetDeviceStatus: async (args) => {
      last = (args as ValueStruct)['UniqueID'];
      await setImmediate();
      throw new Error(`no device has the id ${JSON.stringify(last)}`);
    },
  },
});
