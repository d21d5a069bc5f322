#!/usr/bin/env node
import { HostAdapter } from '../adapter/host-adapter.js';
import type { AdapterMethods } from '../adapter/protocol.js';
import { serveHost } from '../adapter/serve-host.js';

// Ends itself when it is told to shut down, and its plugins not at all. What would end them at its exit is taken away.
await serveHost({
  adapter: class extends HostAdapter {
    protected override async shutdown(): Promise<AdapterMethods['shutdown']['result']> {
      process.removeAllListeners('exit');
      return {};
    }
  },
});
