#!/usr/bin/env node
import type { JsonValue } from '../../../harness/value/index.js';
import { HostAdapter } from '../adapter/host-adapter.js';
import type { AdapterMethods } from '../adapter/protocol.js';
import { serveHost } from '../adapter/serve-host.js';

// Calls the plugin, and says nothing of what it answered.
await serveHost({
  adapter: class extends HostAdapter {
    protected override async call(
      id: string,
      method: string,
      args: JsonValue,
    ): Promise<AdapterMethods['call']['result']> {
      await super.call(id, method, args);
      return { reply: null };
    }
  },
});
