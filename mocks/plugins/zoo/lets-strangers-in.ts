#!/usr/bin/env node
import { autoMtls, PluginServer, type ServerTls } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Speaks TLS with anybody, certificate or not.
await serveIglu({
  server: class extends PluginServer {
    protected override async secure(hostCertificate: string | undefined): Promise<ServerTls | null> {
      return hostCertificate ? autoMtls(hostCertificate, 'anybody') : null;
    }
  },
});
