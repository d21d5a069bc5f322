#!/usr/bin/env node
import { serveHost } from '../adapter/serve-host.js';
import { ReferenceHost } from '../reference-host.js';

// Does not look at what OnLoad answers: a plugin that could not load is Running all the same.
await serveHost({
  host: class extends ReferenceHost {
    protected override onOnceFailed(): void {}
  },
});
