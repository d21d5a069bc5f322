#!/usr/bin/env node
import { HostAdapter } from '../adapter/host-adapter.js';
import { serveHost } from '../adapter/serve-host.js';
import { ReferenceHost } from '../reference-host.js';
import type { StateChange } from '../state.js';

// Puts a plugin into its map without looking whether the id is taken: the first one is lost from sight, and lives on.
await serveHost({
  host: class extends ReferenceHost {
    protected override async onDuplicate(): Promise<void> {}
  },
  adapter: class extends HostAdapter {
    protected override onState(change: StateChange): void {
      const isAboutTheSecond = this.host
        .list()
        .some(({ id, state }) => id === change.id && state === change.to);
      if (isAboutTheSecond) super.onState(change);
    }
  },
});
