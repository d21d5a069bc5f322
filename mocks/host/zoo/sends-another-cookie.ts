#!/usr/bin/env node
import type { LaunchedPlugin, LaunchOptions } from '../../../harness/client/index.js';
import { serveHost } from '../adapter/serve-host.js';
import { ReferenceHost } from '../reference-host.js';

// Has a HandshakeConfig of its own, with another value for the magic cookie.
await serveHost({
  host: class extends ReferenceHost {
    protected override launch(options: LaunchOptions): Promise<LaunchedPlugin> {
      return super.launch({
        ...options,
        cookie: { key: options.cookie?.key ?? '', value: 'another cookie' },
      });
    }
  },
});
