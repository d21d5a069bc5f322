#!/usr/bin/env node
import type { Duplex } from 'node:stream';
import {
  PluginConnection,
  PluginServer,
  type PluginConnectionOptions,
} from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Stops taking connections when one of them breaks the rules of flow control.
await serveIglu({
  server: class extends PluginServer {
    #isDeaf = false;

    protected override connection(transport: Duplex, options: PluginConnectionOptions): PluginConnection {
      const connection = new PluginConnection(transport, options);
      void connection.session.closed.then(({ error }) => {
        if (error?.code === 'YAMUX_WINDOW_OVERFLOW') this.#isDeaf = true;
      });
      return connection;
    }

    protected override onSocket(...[socket, plugins]: Parameters<PluginServer['onSocket']>): void {
      if (this.#isDeaf) socket.destroy();
      else super.onSocket(socket, plugins);
    }
  },
});
