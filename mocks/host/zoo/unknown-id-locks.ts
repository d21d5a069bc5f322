#!/usr/bin/env node
import { errorKind } from '../adapter/errors.js';
import { HostAdapter } from '../adapter/host-adapter.js';
import type { AdapterRequest, AdapterResult } from '../adapter/protocol.js';
import { serveHost } from '../adapter/serve-host.js';

// Takes a lock, finds no plugin with the id, and returns with the lock held: whatever comes after waits for ever.
await serveHost({
  adapter: class extends HostAdapter {
    #locked = false;

    protected override async perform(request: AdapterRequest): Promise<AdapterResult> {
      if (this.#locked) return new Promise(() => {});
      try {
        return await super.perform(request);
      } catch (error) {
        if (errorKind(error) === 'unknown-plugin') this.#locked = true;
        throw error;
      }
    }
  },
});
