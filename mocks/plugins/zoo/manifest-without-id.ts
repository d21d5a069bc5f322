#!/usr/bin/env node
import { serveIglu } from '../iglu.js';

// Has no id.
await serveIglu({
  handlers: {
    GetManifest: () => ({
      Manifest: { Id: '', Name: 'Window Lights', Author: 'Somebody', Version: 'v1.0.0' },
    }),
  },
});
