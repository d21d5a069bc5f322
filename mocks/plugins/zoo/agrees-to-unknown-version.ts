#!/usr/bin/env node
import { PluginServer } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Agrees to a version that it does not serve, when it is offered no other.
await serveIglu({
  server: class extends PluginServer {
    protected override handshakeLine(
      version: number,
      listener: Parameters<PluginServer['handshakeLine']>[1],
    ): string {
      const offered = (this.env['PLUGIN_PROTOCOL_VERSIONS'] ?? '').split(',');
      return super.handshakeLine(offered.length === 1 && offered[0] ? Number(offered[0]) : version, listener);
    }
  },
});
