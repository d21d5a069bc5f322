#!/usr/bin/env node
import { PluginServer } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Ends when it has more than three connections.
await serveIglu({
  server: class extends PluginServer {
    #open = 0;

    protected override onSocket(...[socket, plugins]: Parameters<PluginServer['onSocket']>): void {
      this.#open += 1;
      if (this.#open > 3) process.exit(2);
      socket.on('close', () => {
        this.#open -= 1;
      });
      super.onSocket(socket, plugins);
    }
  },
});
