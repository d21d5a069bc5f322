import type { Duplex } from 'node:stream';
import {
  PluginServer,
  type PluginConnection,
  type PluginConnectionOptions,
} from '../../harness/server/index.js';
import type { ServerClass } from './mock-plugin.js';

type ConnectionClass = new (transport: Duplex, options: PluginConnectionOptions) => PluginConnection;

/** A server whose connections are of another kind. */
export function withConnection(Connection: ConnectionClass): ServerClass {
  return class extends PluginServer {
    protected override connection(transport: Duplex, options: PluginConnectionOptions): PluginConnection {
      return new Connection(transport, options);
    }
  };
}
