#!/usr/bin/env node
import { HostAdapter } from '../adapter/host-adapter.js';
import type { AdapterRequest, AdapterResult } from '../adapter/protocol.js';
import { serveHost } from '../adapter/serve-host.js';
import { Serial } from '../serial.js';

// Does one thing at a time: a plugin that is slow to answer holds up every other, and the list.
await serveHost({
  adapter: class extends HostAdapter {
    readonly #lock = new Serial();

    protected override perform(request: AdapterRequest): Promise<AdapterResult> {
      return this.#lock.run(() => super.perform(request));
    }
  },
});
