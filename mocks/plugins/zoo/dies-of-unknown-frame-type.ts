#!/usr/bin/env node
import type { Duplex } from 'node:stream';
import { PluginConnection, type PluginConnectionOptions } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';
import { withConnection } from '../with-connection.js';

// Has a table of four types of frames, and looks up whatever comes.
class Connection extends PluginConnection {
  constructor(transport: Duplex, options: PluginConnectionOptions) {
    super(transport, options);
    void this.session.closed.then(({ error }) => {
      if (error?.code === 'YAMUX_TYPE') process.exit(2);
    });
  }
}

await serveIglu({ server: withConnection(Connection) });
