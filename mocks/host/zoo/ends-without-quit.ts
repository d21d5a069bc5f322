#!/usr/bin/env node
import { serveHost } from '../adapter/serve-host.js';
import { PluginRun } from '../plugin-run.js';
import { ReferenceHost } from '../reference-host.js';

class Killed extends PluginRun {
  override async stop(): Promise<void> {
    this.beginStop();
    await this.end();
  }
}

// Ends a plugin by SIGKILL, and never asks it to go.
await serveHost({
  host: class extends ReferenceHost {
    protected override makeRun(...parts: ConstructorParameters<typeof PluginRun>): PluginRun {
      return new Killed(...parts);
    }
  },
});
