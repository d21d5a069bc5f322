import { HarnessError } from '../../harness/errors.js';
import type { PluginCheck } from './check.js';
import { SESSION } from './needs.js';
import { evidenceOf, failed, notApplicable, passed } from './outcomes.js';

const clientCertificate: PluginCheck = {
  id: 'security/client-certificate',
  target: 'plugin',
  title: 'Under AutoMTLS it lets nobody in who does not show the host’s certificate',
  level: 'must',
  needs: [...SESSION, 'session/auto-mtls'],
  reference: 'go-plugin server.go, Serve: tls.RequireAndVerifyClientCert',
  why: 'Any process of the machine that can reach the socket could command the plugin.',
  fix: 'Require and verify the client’s certificate, with the one in PLUGIN_CLIENT_CERT as the only authority.',
  async run({ subject }) {
    if ((await subject.firstLaunch()).handshake?.protocol === 'grpc') {
      return notApplicable('about net/rpc; this plugin speaks gRPC');
    }
    const plugin = await subject.launch({ autoMtls: true });
    try {
      // First as the host, so that a refusal afterwards means the stranger and not a broken plugin.
      await (await plugin.connect()).ping();
      try {
        // With TLS 1.3 the refusal comes after the client's handshake: only an answer shows who was let in.
        await (await plugin.connect(false)).ping();
      } catch (error) {
        if (error instanceof HarnessError && error.code !== 'RPC_TIMEOUT') return passed();
        throw error;
      }
      return failed({
        message: 'The plugin answered a client that showed no certificate.',
        expected: 'the connection is refused',
        actual: 'Control.Ping was answered',
        evidence: evidenceOf(plugin),
      });
    } finally {
      await subject.release(plugin);
    }
  },
};

export const SECURITY_CHECKS = [clientCertificate];
