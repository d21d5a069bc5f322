#!/usr/bin/env node
import { PluginServer } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Serves the first connection, and no other after it.
await serveIglu({
  server: class extends PluginServer {
    #served = false;

    protected override onSocket(...[socket, plugins]: Parameters<PluginServer['onSocket']>): void {
      if (this.#served) socket.destroy();
      else super.onSocket(socket, plugins);
      this.#served = true;
    }
  },
});
