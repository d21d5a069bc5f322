#!/usr/bin/env node
import { HostAdapter } from '../adapter/host-adapter.js';
import type { AdapterMethods } from '../adapter/protocol.js';
import { serveHost } from '../adapter/serve-host.js';

// Takes the first plugin of a folder; the others have to go again.
await serveHost({
  adapter: class extends HostAdapter {
    protected override async load(dir: string): Promise<AdapterMethods['load']['result']> {
      const { plugins, problems } = await super.load(dir);
      for (const { id } of plugins.slice(1)) await this.host.unload(id);
      return { plugins: plugins.slice(0, 1), problems };
    }
  },
});
