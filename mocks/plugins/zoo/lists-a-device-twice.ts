#!/usr/bin/env node
import type { ValueStruct } from '../../../harness/value/index.js';
import { igluHandlers, serveIglu } from '../iglu.js';
import { hasEmptyKey } from '../settings.js';

// Lists its first device a second time once a setting without a key was changed.
const { GetAvailableDevices } = igluHandlers();
let again = false;
await serveIglu({
  handlers: {
    OnConfigurationUpdate: (args) => {
      again ||= hasEmptyKey(args);
      return null;
    },
    GetAvailableDevices: () => {
      const devices = (GetAvailableDevices?.(null) as ValueStruct | undefined)?.['Devices'];
      if (!Array.isArray(devices)) return { Devices: [] };
      return { Devices: again ? [...devices, devices[0] ?? null] : devices };
    },
  },
});
