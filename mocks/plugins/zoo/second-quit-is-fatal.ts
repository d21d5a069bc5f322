#!/usr/bin/env node
import { PluginServer } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Takes a second Quit for a fault.
await serveIglu({
  server: class extends PluginServer {
    #quits = 0;

    protected override quit(): void {
      this.#quits += 1;
      if (this.#quits > 1) process.exit(2);
      setTimeout(() => {
        this.end(0);
      }, 100);
    }
  },
});
