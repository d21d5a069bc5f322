#!/usr/bin/env node
import { PluginServer } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

/** A yamux header, the least that a host sends (yamux const.go, `headerSize`). */
const HEADER_BYTES = 12;
const MAX_CRUMBS = 10;

// Ends a connection on which less than a header comes at a time, too often.
await serveIglu({
  server: class extends PluginServer {
    protected override onSocket(...[socket, plugins]: Parameters<PluginServer['onSocket']>): void {
      super.onSocket(socket, plugins);
      let crumbs = 0;
      socket.on('data', (chunk: Uint8Array) => {
        if (chunk.length < HEADER_BYTES) crumbs += 1;
        if (crumbs > MAX_CRUMBS) socket.destroy();
      });
    }
  },
});
