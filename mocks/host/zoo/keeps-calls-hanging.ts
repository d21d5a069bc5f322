#!/usr/bin/env node
import type { JsonValue } from '../../../harness/value/index.js';
import { errorKind } from '../adapter/errors.js';
import { HostAdapter } from '../adapter/host-adapter.js';
import type { AdapterMethods } from '../adapter/protocol.js';
import { serveHost } from '../adapter/serve-host.js';

// Forgets the calls in flight when their plugin ends: nobody ever answers them.
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
        return new Promise(() => {});
      }
    }
  },
});
