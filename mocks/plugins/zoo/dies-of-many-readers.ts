#!/usr/bin/env node
import { setImmediate } from 'node:timers/promises';
import { igluHandlers, serveIglu } from '../iglu.js';

// Ends when methods that only read are called many at a time, and not all of them are the same one.
const reading: string[] = [];
const READERS = [
  'GetManifest',
  'GetDeviceStatus',
  'GetWebExtensions',
  'GetPluginConfiguration',
  'GetAvailableDevices',
];
const handlers = igluHandlers();
await serveIglu({
  handlers: Object.fromEntries(
    READERS.map((name) => [
      name,
      async (args) => {
        reading.push(name);
        if (reading.length > 26 && new Set(reading).size > 1) process.exit(2);
        await setImmediate();
        reading.splice(reading.indexOf(name), 1);
        return handlers[name]?.(args) ?? null;
      },
    ]),
  ),
});
