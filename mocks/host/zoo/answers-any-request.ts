#!/usr/bin/env node
import { AdapterError } from '../adapter/errors.js';
import { HostAdapter } from '../adapter/host-adapter.js';
import type { Line } from '../adapter/lines.js';
import type { Received } from '../adapter/read-request.js';
import { serveHost } from '../adapter/serve-host.js';

// Falls through to the last of its methods when it does not know the one that is asked for.
await serveHost({
  adapter: class extends HostAdapter {
    protected override read(line: Line): Received {
      try {
        return super.read(line);
      } catch (error) {
        if (!(error instanceof AdapterError) || error.code !== 'ADAPTER_METHOD') throw error;
        return { id: error.id ?? undefined, request: { method: 'list', params: {} } };
      }
    }
  },
});
