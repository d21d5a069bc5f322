#!/usr/bin/env node
import { setImmediate } from 'node:timers/promises';
import type { ValueStruct } from '../../../harness/value/index.js';
import { igluHandlers, serveIglu } from '../iglu.js';

/** Longer ids are looked up in one place for all callers. */
const SHORT = 20;

// Answers the last caller when ids are long.
const { GetDeviceStatus } = igluHandlers();
let last = '';
await serveIglu({
  handlers: {
    GetDeviceStatus: async (args) => {
      const id = (args as ValueStruct)['UniqueID'];
      if (typeof id !== 'string' || id.length <= SHORT) return GetDeviceStatus?.(args) ?? null;
      last = id;
      await setImmediate();
      return GetDeviceStatus?.({ UniqueID: last }) ?? null;
    },
  },
});
