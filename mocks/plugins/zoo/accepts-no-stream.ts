#!/usr/bin/env node
import { PluginServer } from '../../../harness/server/index.js';
import type { Socket } from 'node:net';
import { serveIglu } from '../iglu.js';

// Takes connections and speaks no yamux.
await serveIglu({
  server: class extends PluginServer {
    protected override onSocket(socket: Socket): void {
      socket.resume();
    }
  },
});
