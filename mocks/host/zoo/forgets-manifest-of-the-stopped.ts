#!/usr/bin/env node
import { HostAdapter } from '../adapter/host-adapter.js';
import type { AdapterPlugin } from '../adapter/protocol.js';
import { serveHost } from '../adapter/serve-host.js';
import type { PluginInfo } from '../state.js';

// Keeps the manifest with the process, and lets go of both when the plugin is stopped.
await serveHost({
  adapter: class extends HostAdapter {
    protected override describe(info: PluginInfo): AdapterPlugin {
      const { manifest, ...plugin } = super.describe(info);
      return manifest === undefined || info.state === 'Stopped' ? plugin : { ...plugin, manifest };
    }
  },
});
