#!/usr/bin/env node
import { serveIglu } from '../iglu.js';

// Two settings have one key.
await serveIglu({
  handlers: {
    GetPluginConfiguration: () => ({
      Configuration: [
        {
          Title: 'Name',
          Description: '',
          Key: 'name',
          Type: 0,
          Default: '',
          Placeholder: '',
          Values: [],
          IsUserSpecific: false,
        },
        {
          Title: 'Name',
          Description: '',
          Key: 'name',
          Type: 0,
          Default: '',
          Placeholder: '',
          Values: [],
          IsUserSpecific: false,
        },
      ],
    }),
  },
});
