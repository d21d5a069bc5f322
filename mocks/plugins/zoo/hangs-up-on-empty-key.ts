#!/usr/bin/env node
import type { Socket } from 'node:net';
import { PluginServer } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';
import { hasEmptyKey } from '../settings.js';

// Ends every connection when a setting without a key is changed, and lives on.
const sockets = new Set<Socket>();
await serveIglu({
  handlers: {
    OnConfigurationUpdate: (args) => {
      if (hasEmptyKey(args)) for (const socket of sockets) socket.destroy();
      return null;
    },
  },
  server: class extends PluginServer {
    protected override onSocket(...[socket, plugins]: Parameters<PluginServer['onSocket']>): void {
      super.onSocket(socket, plugins);
      sockets.add(socket);
    }
  },
});
