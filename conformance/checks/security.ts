import type { LaunchedPlugin } from '../../harness/client/index.js';
import { HarnessError } from '../../harness/errors.js';
import { createCertificate, type CertificatePair } from '../../harness/handshake/index.js';
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
      // Nothing at all, and a certificate that is not the host's: some servers ask for one and take any.
      for (const [shown, what] of [
        [false, 'no certificate'],
        [await createCertificate(), 'a certificate of its own making'],
      ] as const) {
        if (await isRefused(plugin, shown)) continue;
        return failed({
          message: `The plugin answered a client that showed ${what}.`,
          expected: 'the connection is refused',
          actual: 'Control.Ping was answered',
          evidence: evidenceOf(plugin),
        });
      }
      return passed();
    } finally {
      await subject.release(plugin);
    }
  },
};

/** With TLS 1.3 the refusal comes after the client's half of the handshake: only an answer shows who was let in. */
async function isRefused(plugin: LaunchedPlugin, shown: false | CertificatePair): Promise<boolean> {
  try {
    await (await plugin.connect(shown)).ping();
    return false;
  } catch (error) {
    if (error instanceof HarnessError && error.code !== 'RPC_TIMEOUT') return true;
    throw error;
  }
}

export const SECURITY_CHECKS = [clientCertificate];
