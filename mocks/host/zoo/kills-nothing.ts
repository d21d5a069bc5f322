#!/usr/bin/env node
import { HostAdapter } from '../adapter/host-adapter.js';
import type { AdapterMethods } from '../adapter/protocol.js';
import { serveHost } from '../adapter/serve-host.js';
import { PluginRun } from '../plugin-run.js';
import { ReferenceHost } from '../reference-host.js';

let shutsDown = false;

class Spared extends PluginRun {
  override async stop(): Promise<void> {
    if (shutsDown) return super.stop();
    this.beginStop();
  }
}

// Says Stopped, and does nothing to the process; when it is shut down, it ends what runs.
await serveHost({
  host: class extends ReferenceHost {
    protected override makeRun(...parts: ConstructorParameters<typeof PluginRun>): PluginRun {
      return new Spared(...parts);
    }
  },
  adapter: class extends HostAdapter {
    protected override shutdown(): Promise<AdapterMethods['shutdown']['result']> {
      shutsDown = true;
      return super.shutdown();
    }
  },
});
