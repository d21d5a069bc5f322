#!/usr/bin/env node
import { HostAdapter } from '../adapter/host-adapter.js';
import type { AdapterMethods } from '../adapter/protocol.js';
import { serveHost } from '../adapter/serve-host.js';

// Takes for plugins what has `.plugin` at the end of its name, and looks at nothing else.
await serveHost({
  adapter: class extends HostAdapter {
    protected override async load(): Promise<AdapterMethods['load']['result']> {
      return { plugins: [], problems: [] };
    }
  },
});
