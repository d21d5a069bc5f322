#!/usr/bin/env node
import type { LaunchedPlugin, LaunchOptions } from '../../../harness/client/index.js';
import { serveHost } from '../adapter/serve-host.js';
import { ReferenceHost } from '../reference-host.js';

// Hands its whole environment on, as a go-plugin host does without SkipHostEnv.
await serveHost({
  host: class extends ReferenceHost {
    protected override launch(options: LaunchOptions): Promise<LaunchedPlugin> {
      return super.launch({ ...options, inheritEnv: true });
    }
  },
});
