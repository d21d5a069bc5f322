#!/usr/bin/env node
import type { ValueStruct } from '../../../harness/value/index.js';
import { igluHandlers, serveIglu } from '../iglu.js';

// Takes an order to switch off for done, and does nothing.
const handlers = igluHandlers();
const { OnDeviceToggle } = handlers;
await serveIglu({
  handlers: {
    ...handlers,
    OnDeviceToggle: (args) => {
      const { Id = '', Status } = args as ValueStruct;
      OnDeviceToggle?.({ Id, Status: true });
      return Status === true ? (OnDeviceToggle?.(args) ?? null) : { Err: null };
    },
  },
});
