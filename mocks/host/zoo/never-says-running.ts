#!/usr/bin/env node
import { HostAdapter } from '../adapter/host-adapter.js';
import type { AdapterPlugin } from '../adapter/protocol.js';
import { serveHost } from '../adapter/serve-host.js';
import type { PluginInfo } from '../state.js';

// Forgets to note that a plugin runs. Only what runs can crash, so no crash is ever marked.
await serveHost({
  adapter: class extends HostAdapter {
    protected override describe(info: PluginInfo): AdapterPlugin {
      const { reason: _, ...plugin } = super.describe(info);
      return { ...plugin, state: 'Stopped' };
    }

    protected override onState(): void {}
  },
});
