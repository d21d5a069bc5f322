#!/usr/bin/env node
import { HostAdapter } from '../adapter/host-adapter.js';
import type { AdapterMethods } from '../adapter/protocol.js';
import { serveHost } from '../adapter/serve-host.js';

// Ends when an entry of the folder is no plugin, as Go's log.Fatal does.
await serveHost({
  adapter: class extends HostAdapter {
    protected override async load(dir: string): Promise<AdapterMethods['load']['result']> {
      const result = await super.load(dir);
      const [problem] = result.problems;
      if (!problem) return result;
      console.error(problem.message);
      return process.exit(1);
    }
  },
});
