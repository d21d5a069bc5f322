#!/usr/bin/env node
import type { JsonValue } from '../../../harness/value/index.js';
import { HostAdapter } from '../adapter/host-adapter.js';
import type { AdapterMethods } from '../adapter/protocol.js';
import { serveHost } from '../adapter/serve-host.js';

// Keeps one client for all plugins: a call goes to whichever was loaded last.
await serveHost({
  adapter: class extends HostAdapter {
    protected override async call(
      id: string,
      method: string,
      args: JsonValue,
    ): Promise<AdapterMethods['call']['result']> {
      const last = this.host.list().at(-1);
      const isRunning = this.host.get(id).state === 'Running' && last?.state === 'Running';
      return super.call(isRunning ? last.id : id, method, args);
    }
  },
});
