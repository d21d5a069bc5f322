#!/usr/bin/env node
import type { JsonValue } from '../../../harness/value/index.js';
import { HostAdapter } from '../adapter/host-adapter.js';
import type { AdapterMethods } from '../adapter/protocol.js';
import { serveHost } from '../adapter/serve-host.js';
import { HostError } from '../errors.js';

// Waits for an answer to a call that it never made: nobody has the method.
await serveHost({
  adapter: class extends HostAdapter {
    protected override async call(
      id: string,
      method: string,
      args: JsonValue,
    ): Promise<AdapterMethods['call']['result']> {
      try {
        return await super.call(id, method, args);
      } catch (error) {
        if (!(error instanceof HostError) || error.code !== 'HOST_NO_SUCH_METHOD') throw error;
        return new Promise(() => {});
      }
    }
  },
});
