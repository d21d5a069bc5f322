#!/usr/bin/env node
import { HostAdapter } from '../adapter/host-adapter.js';
import type { AdapterMethods } from '../adapter/protocol.js';
import { serveHost } from '../adapter/serve-host.js';

// Finds that the plugin is Running already, and takes that for a reload.
await serveHost({
  adapter: class extends HostAdapter {
    protected override async reload(id: string): Promise<AdapterMethods['reload']['result']> {
      const info = this.host.get(id);
      return info.state === 'Running' ? { plugin: this.describe(info) } : super.reload(id);
    }
  },
});
