#!/usr/bin/env node
import { HostAdapter } from '../adapter/host-adapter.js';
import type { AdapterPlugin } from '../adapter/protocol.js';
import { serveHost } from '../adapter/serve-host.js';
import type { PluginInfo } from '../state.js';

// Asks a plugin for its manifest whenever somebody wants to see it, which a crashed one does not answer.
await serveHost({
  adapter: class extends HostAdapter {
    protected override describe(info: PluginInfo): AdapterPlugin {
      const { manifest, ...plugin } = super.describe(info);
      return manifest === undefined || info.state === 'Crashed' ? plugin : { ...plugin, manifest };
    }
  },
});
