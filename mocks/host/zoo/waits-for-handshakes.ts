#!/usr/bin/env node
import type { LaunchedPlugin, LaunchOptions } from '../../../harness/client/index.js';
import { serveHost } from '../adapter/serve-host.js';
import { ReferenceHost } from '../reference-host.js';

/** The longest that setTimeout takes (Node's TIMEOUT_MAX): 24 days. */
const FOREVER_MS = 2 ** 31 - 1;

// Has no time limit for the handshake: what never shakes hands is waited for, as long as it lives.
await serveHost({
  host: class extends ReferenceHost {
    protected override launch(options: LaunchOptions): Promise<LaunchedPlugin> {
      return super.launch({ ...options, startTimeoutMs: FOREVER_MS });
    }
  },
});
