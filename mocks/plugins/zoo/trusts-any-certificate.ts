#!/usr/bin/env node
import { autoMtls, PluginServer, type ServerTls } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Asks for a certificate, and does not look whose it is.
await serveIglu({
  server: class extends PluginServer {
    protected override async secure(hostCertificate: string | undefined): Promise<ServerTls | null> {
      return hostCertificate ? autoMtls(hostCertificate, 'certified') : null;
    }
  },
});
