#!/usr/bin/env node
import { serveHost } from '../adapter/serve-host.js';
import { PluginRun } from '../plugin-run.js';
import { ReferenceHost } from '../reference-host.js';
import type { CrashReason } from '../state.js';
import { exitReason } from '../watch.js';

// Takes a process for its connection: a plugin that nobody can reach any more stays Running while it lives.
class Connected extends PluginRun {
  override get over(): Promise<CrashReason> {
    const { exit } = this.launched.process;
    return super.over.then((reason) => (reason.kind === 'connection' ? exit.then(exitReason) : reason));
  }
}

await serveHost({
  host: class extends ReferenceHost {
    protected override makeRun(...parts: ConstructorParameters<typeof PluginRun>): PluginRun {
      return new Connected(...parts);
    }
  },
});
