#!/usr/bin/env node
import { serveIglu } from '../iglu.js';

// Offers a choice among nothing.
await serveIglu({
  handlers: {
    GetPluginConfiguration: () => ({
      Configuration: [
        {
          Title: 'Name',
          Description: '',
          Key: 'colour',
          Type: 2,
          Default: '',
          Placeholder: '',
          Values: [],
          IsUserSpecific: false,
        },
      ],
    }),
  },
});
