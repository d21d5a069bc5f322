#!/usr/bin/env node
import { HostAdapter } from '../adapter/host-adapter.js';
import type { AdapterMethods } from '../adapter/protocol.js';
import { serveHost } from '../adapter/serve-host.js';

// Removes by a place in the list that is one off.
await serveHost({
  adapter: class extends HostAdapter {
    protected override async unload(id: string): Promise<AdapterMethods['unload']['result']> {
      const ids = this.host.list().map((plugin) => plugin.id);
      const place = ids.indexOf(id);
      return super.unload(place === -1 ? id : (ids[(place + 1) % ids.length] ?? id));
    }
  },
});
