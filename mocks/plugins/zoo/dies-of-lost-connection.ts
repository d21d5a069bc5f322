#!/usr/bin/env node
import type { Duplex } from 'node:stream';
import { PluginConnection, type PluginConnectionOptions } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';
import { withConnection } from '../with-connection.js';

// Takes an error on one connection for the end of everything.
class Connection extends PluginConnection {
  constructor(transport: Duplex, options: PluginConnectionOptions) {
    super(transport, options);
    void this.session.closed.then(({ error }) => {
      if (error) process.exit(2);
    });
  }
}

await serveIglu({ server: withConnection(Connection) });
