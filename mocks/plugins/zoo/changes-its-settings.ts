#!/usr/bin/env node
import type { ValueStruct } from '../../../harness/value/index.js';
import { igluHandlers, serveIglu } from '../iglu.js';
import { hasEmptyKey } from '../settings.js';

// Hands out its own list of settings, and turns it round when a setting without a key is changed.
const { GetPluginConfiguration } = igluHandlers();
const settings = (GetPluginConfiguration?.(null) as ValueStruct | undefined)?.['Configuration'];
const list = Array.isArray(settings) ? [...settings] : [];
await serveIglu({
  handlers: {
    OnConfigurationUpdate: (args) => {
      if (hasEmptyKey(args)) list.reverse();
      return null;
    },
    GetPluginConfiguration: () => ({ Configuration: list }),
  },
});
