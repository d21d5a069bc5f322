#!/usr/bin/env node
import { serveIglu } from '../iglu.js';

// Has a version that cannot be compared.
await serveIglu({
  handlers: {
    GetManifest: () => ({
      Manifest: { Id: 'window-lights', Name: 'Window Lights', Author: 'Somebody', Version: 'the latest' },
    }),
  },
});
