#!/usr/bin/env node
import { serveHost } from '../adapter/serve-host.js';
import { PluginRun } from '../plugin-run.js';
import { ReferenceHost } from '../reference-host.js';

class Unasked extends PluginRun {
  override startPings(): void {}
}

// Sees that a process has ended and that a connection is gone, and never asks a plugin whether it is well.
await serveHost({
  host: class extends ReferenceHost {
    protected override makeRun(...parts: ConstructorParameters<typeof PluginRun>): PluginRun {
      return new Unasked(...parts);
    }
  },
});
