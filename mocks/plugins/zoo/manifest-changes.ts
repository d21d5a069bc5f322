#!/usr/bin/env node
import { serveIglu } from '../iglu.js';

// Tells another name each time it is asked.
let asked = 0;
await serveIglu({
  handlers: {
    GetManifest: () => ({
      Manifest: {
        Id: 'window-lights',
        Name: `Window Lights ${asked++}`,
        Author: 'Somebody',
        Version: 'v1.0.0',
      },
    }),
  },
});
