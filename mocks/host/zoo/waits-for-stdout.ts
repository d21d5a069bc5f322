#!/usr/bin/env node
import { serveHost } from '../adapter/serve-host.js';
import { PluginRun } from '../plugin-run.js';
import { ReferenceHost } from '../reference-host.js';

class Drained extends PluginRun {
  override async end(): Promise<void> {
    this.launched.process.signal('SIGKILL');
    await this.launched.process.outputClosed;
    await super.end();
  }
}

// Kills the process alone, and reads its output to the end, which comes when the last of its children is gone.
await serveHost({
  host: class extends ReferenceHost {
    protected override makeRun(...parts: ConstructorParameters<typeof PluginRun>): PluginRun {
      return new Drained(...parts);
    }
  },
});
