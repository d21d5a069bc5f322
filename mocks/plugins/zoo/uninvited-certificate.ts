#!/usr/bin/env node
import { X509Certificate } from 'node:crypto';
import { createCertificate } from '../../../harness/handshake/index.js';
import { PluginServer } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Shows a certificate to a host that did not ask for AutoMTLS.
const { certificate } = await createCertificate();
const field = new X509Certificate(certificate).raw.toString('base64').replace(/=+$/, '');
await serveIglu({
  server: class extends PluginServer {
    protected override announce(line: string): void {
      super.announce(line.endsWith('|') ? line + field : line);
    }
  },
});
