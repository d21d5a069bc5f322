#!/usr/bin/env node
import { serveIglu } from '../iglu.js';

// Leaves a caller waiting for ever.
await serveIglu({ handlers: { GetAvailableDevices: () => new Promise<never>(() => {}) } });
