#!/usr/bin/env node
import { serveIglu } from '../iglu.js';

// Two devices have one id.
await serveIglu({
  handlers: {
    GetAvailableDevices: () => ({
      Devices: ['Sill 1', 'Sill 2'].map((ModelName) => ({
        UniqueID: 'lamp',
        ManufacturerName: 'Aurora',
        ModelName,
        Type: 1,
      })),
    }),
  },
});
