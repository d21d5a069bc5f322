#!/usr/bin/env node
import { setImmediate } from 'node:timers/promises';
import type { Value } from '../../../harness/value/index.js';
import { serveIglu } from '../iglu.js';

// Ends when two methods run at the same time.
const running = new Map<string, number>();
const busy = (name: string, reply: Value) => async (): Promise<Value> => {
  running.set(name, (running.get(name) ?? 0) + 1);
  if ([...running.values()].filter((calls) => calls > 0).length > 1) process.exit(2);
  await setImmediate();
  running.set(name, (running.get(name) ?? 0) - 1);
  return reply;
};
await serveIglu({
  handlers: {
    OnConfigurationUpdate: busy('update', null),
    GetAvailableDevices: busy('devices', { Devices: [] }),
  },
});
