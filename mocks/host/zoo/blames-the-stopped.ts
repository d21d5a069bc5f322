#!/usr/bin/env node
import { HostAdapter } from '../adapter/host-adapter.js';
import type { AdapterMethods, AdapterPlugin } from '../adapter/protocol.js';
import { serveHost } from '../adapter/serve-host.js';
import { PluginRun } from '../plugin-run.js';
import { ReferenceHost } from '../reference-host.js';
import type { CrashReason, PluginInfo } from '../state.js';
import { exitReason } from '../watch.js';

/** Why processes ended that were being stopped, and did not do so with 0; by pid. */
const ends = new Map<number, CrashReason>();

class Blamed extends PluginRun {
  override async end(): Promise<void> {
    const { exited, pid } = this.launched.process;
    if (this.stopping && exited && exited.code !== 0) ends.set(pid, exitReason(exited));
    await super.end();
  }
}

// Says of a plugin that dies while it is being stopped that it is Crashed: somebody wanted it to end, and it has.
await serveHost({
  host: class extends ReferenceHost {
    protected override makeRun(...parts: ConstructorParameters<typeof PluginRun>): PluginRun {
      return new Blamed(...parts);
    }
  },
  adapter: class extends HostAdapter {
    readonly #blamed = new Map<string, CrashReason>();

    protected override async stop(id: string): Promise<AdapterMethods['stop']['result']> {
      const { pid } = this.host.get(id);
      const stopped = await this.host.stop(id);
      const reason = pid === undefined ? undefined : ends.get(pid);
      if (reason) this.#blamed.set(id, reason);
      else this.#blamed.delete(id);
      return { plugin: this.describe(stopped) };
    }

    protected override describe(info: PluginInfo): AdapterPlugin {
      const plugin = super.describe(info);
      const reason = this.#blamed.get(info.id);
      if (info.state !== 'Stopped' || !reason) return plugin;
      return { ...plugin, state: 'Crashed', reason: { kind: reason.kind, text: reason.text } };
    }
  },
});
