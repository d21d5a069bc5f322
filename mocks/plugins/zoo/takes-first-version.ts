#!/usr/bin/env node
import { PluginServer } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Takes the first version of the list, which has no order.
await serveIglu({
  server: class extends PluginServer {
    protected override negotiate(offered: readonly number[], served: readonly number[]): number {
      const [first] = offered;
      if (first === undefined) return super.negotiate(offered, served);
      if (served.includes(first)) return first;
      process.stderr.write(`version ${first} is not served\n`);
      return process.exit(1);
    }
  },
});
