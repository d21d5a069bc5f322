#!/usr/bin/env node
import { setImmediate } from 'node:timers/promises';
import type { ValueStruct } from '../../../harness/value/index.js';
import { igluHandlers, serveIglu } from '../iglu.js';

/** Others are looked up in one place for all callers. */
const PLAIN = /^[a-z0-9-]+$/;

// Answers the last caller when ids are odd.
const handlers = igluHandlers();
const { GetDeviceStatus } = handlers;
let last = '';
await serveIglu({
  handlers: {
    ...handlers,
    GetDeviceStatus: async (args) => {
      const id = (args as ValueStruct)['UniqueID'];
      if (typeof id !== 'string' || PLAIN.test(id)) return GetDeviceStatus?.(args) ?? null;
      last = id;
      await setImmediate();
      return GetDeviceStatus?.({ UniqueID: last }) ?? null;
    },
  },
});
