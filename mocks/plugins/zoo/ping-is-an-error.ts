#!/usr/bin/env node
import { PING, type RpcService } from '../../../harness/netrpc/index.js';
import { PluginConnection } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';
import { withConnection } from '../with-connection.js';

// Answers Ping with an error.
class Connection extends PluginConnection {
  protected override control(): RpcService {
    const handle = (): never => {
      throw new Error('not now');
    };
    return new Map([...super.control(), ['Ping', { args: PING.args, reply: PING.reply, handle }]]);
  }
}

await serveIglu({ server: withConnection(Connection) });
