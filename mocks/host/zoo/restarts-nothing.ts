#!/usr/bin/env node
import { HostAdapter } from '../adapter/host-adapter.js';
import type { AdapterMethods, AdapterPlugin } from '../adapter/protocol.js';
import { serveHost } from '../adapter/serve-host.js';
import type { PluginInfo, StateChange } from '../state.js';

// Takes the client that it has for one that works, as go-plugin's Start does after a crash: no process is made.
await serveHost({
  adapter: class extends HostAdapter {
    readonly #believed = new Set<string>();

    protected override async start(id: string): Promise<AdapterMethods['start']['result']> {
      if (this.host.get(id).state !== 'Crashed') return super.start(id);
      this.#believed.add(id);
      const plugin = this.describe(this.host.get(id));
      this.notify({ plugin, from: 'Crashed' });
      return { plugin };
    }

    protected override describe(info: PluginInfo): AdapterPlugin {
      const { reason, ...plugin } = super.describe(info);
      if (this.#believed.has(info.id)) return { ...plugin, state: 'Running' };
      return reason ? { ...plugin, reason } : plugin;
    }

    protected override onState(change: StateChange): void {
      const from = this.#believed.delete(change.id) ? 'Running' : change.from;
      super.onState({ ...change, from });
    }
  },
});
