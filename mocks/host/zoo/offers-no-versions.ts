#!/usr/bin/env node
import type { LaunchedPlugin, LaunchOptions } from '../../../harness/client/index.js';
import { serveHost } from '../adapter/serve-host.js';
import { ReferenceHost } from '../reference-host.js';

// Offers no versions, as hosts did before go-plugin had several of them; it takes what it would have offered.
await serveHost({
  host: class extends ReferenceHost {
    protected override launch(options: LaunchOptions): Promise<LaunchedPlugin> {
      return super.launch({ ...options, versions: null, acceptedVersions: options.versions });
    }
  },
});
