#!/usr/bin/env node
import { serveHost } from '../adapter/serve-host.js';
import { PluginRun } from '../plugin-run.js';
import { ReferenceHost } from '../reference-host.js';
import type { CrashReason } from '../state.js';
import { exitReason } from '../watch.js';

// Asks the process table alone whether a plugin is well: who hangs, or is cut off, stays Running.
class ExitsOnly extends PluginRun {
  override get over(): Promise<CrashReason> {
    return this.launched.process.exit.then(exitReason);
  }

  override startPings(): void {}
}

await serveHost({
  host: class extends ReferenceHost {
    protected override makeRun(...parts: ConstructorParameters<typeof PluginRun>): PluginRun {
      return new ExitsOnly(...parts);
    }
  },
});
