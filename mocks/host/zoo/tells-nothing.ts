#!/usr/bin/env node
import { HostAdapter } from '../adapter/host-adapter.js';
import { serveHost } from '../adapter/serve-host.js';

// Knows every state, and tells it to whoever asks; nobody is told when it changes.
await serveHost({
  adapter: class extends HostAdapter {
    protected override onState(): void {}
  },
});
