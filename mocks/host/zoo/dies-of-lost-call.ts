#!/usr/bin/env node
import type { JsonValue } from '../../../harness/value/index.js';
import { errorKind } from '../adapter/errors.js';
import { HostAdapter } from '../adapter/host-adapter.js';
import type { AdapterMethods } from '../adapter/protocol.js';
import { serveHost } from '../adapter/serve-host.js';

/** Of a Go program that panics. */
const EXIT_PANIC = 2;

// Panics when a call gets no answer: the plugin's death is the host's.
await serveHost({
  adapter: class extends HostAdapter {
    protected override async call(
      id: string,
      method: string,
      args: JsonValue,
    ): Promise<AdapterMethods['call']['result']> {
      try {
        return await super.call(id, method, args);
      } catch (error) {
        if (errorKind(error) !== 'lost') throw error;
        console.error(`panic: ${(error as Error).message}`);
        return process.exit(EXIT_PANIC);
      }
    }
  },
});
