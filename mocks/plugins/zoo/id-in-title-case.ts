#!/usr/bin/env node
import { serveIglu } from '../iglu.js';

// Has an id that cannot stand in a file name or an address.
await serveIglu({
  handlers: {
    GetManifest: () => ({
      Manifest: { Id: 'Window Lights', Name: 'Window Lights', Author: 'Somebody', Version: 'v1.0.0' },
    }),
  },
});
