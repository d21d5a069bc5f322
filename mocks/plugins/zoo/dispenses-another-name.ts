#!/usr/bin/env node
import { serveIglu } from '../iglu.js';

// Serves its plugin under a name that hosts do not ask for.
await serveIglu({
  contract: (contract) => ({
    ...contract,
    plugins: new Map(
      [...contract.plugins.values()].map((plugin) => ['lights', { ...plugin, name: 'lights' }]),
    ),
  }),
});
