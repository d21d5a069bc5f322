#!/usr/bin/env node
import {
  PluginConnection,
  PluginServer,
  type PluginConnectionOptions,
} from '../../../harness/server/index.js';
import type { Duplex } from 'node:stream';
import { PING, type RpcService } from '../../../harness/netrpc/index.js';
import { serveIglu } from '../iglu.js';

// Answers Ping with an error.
class Connection extends PluginConnection {
  protected override control(): RpcService {
    const handle = (): never => {
      throw new Error('not now');
    };
    return new Map([...super.control(), ['Ping', { args: PING.args, reply: PING.reply, handle }]]);
  }
}

await serveIglu({
  server: class extends PluginServer {
    protected override connection(transport: Duplex, options: PluginConnectionOptions): PluginConnection {
      return new Connection(transport, options);
    }
  },
});
