#!/usr/bin/env node
import { serveHost } from '../adapter/serve-host.js';
import { PluginRun } from '../plugin-run.js';
import { ReferenceHost } from '../reference-host.js';
import type { CrashReason } from '../state.js';

class Unwatched extends PluginRun {
  override get over(): Promise<CrashReason> {
    return super.over.then((reason) => (reason.kind === 'exit' ? new Promise(() => {}) : reason));
  }
}

// Watches connection and pings, and takes a process that has ended for one that was never there.
await serveHost({
  host: class extends ReferenceHost {
    protected override makeRun(...parts: ConstructorParameters<typeof PluginRun>): PluginRun {
      return new Unwatched(...parts);
    }
  },
});
