import { HarnessError } from '../../harness/errors.js';
import type { ArrivalStep } from '../subject/index.js';
import type { PluginCheck } from './check.js';
import { DISPENSED, HANDSHAKE, SESSION } from './needs.js';
import { evidenceOf, failed, isTimeout, notApplicable, passed } from './outcomes.js';

const NETRPC_ONLY = 'about net/rpc; this plugin speaks gRPC';

/** One step of a host's arrival. What comes after a step that failed is never reached: its check needs this one. */
function arrivalCheck(
  step: ArrivalStep,
  facts: Omit<PluginCheck, 'target' | 'run' | 'level'> & { readonly expected: string },
): PluginCheck {
  const { expected, ...rest } = facts;
  return {
    ...rest,
    target: 'plugin',
    level: 'must',
    async run({ subject, attempt }) {
      if ((await subject.firstLaunch()).handshake?.protocol === 'grpc') return notApplicable(NETRPC_ONLY);
      const { failure, plugin, pingMs } = await subject.arrival(attempt);
      if (failure?.step !== step) return passed(step === 'ping' ? `${pingMs?.toFixed(1)} ms` : undefined);
      return failed({
        message: failure.error.message,
        expected,
        actual:
          failure.error.code === 'RPC_SERVER_ERROR'
            ? 'an error'
            : isTimeout(failure.error)
              ? 'no answer in time'
              : failure.error.message,
        evidence: evidenceOf(plugin),
        byTime: isTimeout(failure.error),
      });
    },
  };
}

const connects = arrivalCheck('connect', {
  id: 'session/connects',
  title: 'The address it announces takes a connection at once',
  needs: HANDSHAKE,
  reference: 'go-plugin rpc_client.go, newRPCClient',
  why: 'The host connects as soon as it has read the line, and does not try again.',
  fix: 'Print the handshake after the listener listens, with the listener’s own address.',
  expected: 'a connection',
});

const streams = arrivalCheck('streams', {
  id: 'session/streams',
  title: 'It takes the three streams that a host opens: control, stdout and stderr',
  needs: [...HANDSHAKE, 'session/connects'],
  reference: 'go-plugin rpc_server.go, ServeConn; yamux config.go, StreamOpenTimeout (75 s)',
  why: 'Go’s yamux closes the whole session when a stream is not accepted within 75 s: the plugin is lost a minute after it started.',
  fix: 'Accept three streams on each new connection, in that order, before anything else.',
  expected: 'yamux acknowledges all three streams',
});

const ping = arrivalCheck('ping', {
  id: 'session/ping',
  title: 'It answers Control.Ping',
  needs: [...HANDSHAKE, 'session/connects', 'session/streams'],
  reference: 'go-plugin rpc_server.go, controlServer.Ping; rpc_client.go, Ping',
  why: 'A host asks by Ping whether the plugin is alive, and restarts it when there is no answer.',
  fix: 'Serve Control.Ping(bool) over net/rpc on the first stream; go-plugin does this by itself.',
  expected: 'a reply',
});

const outputCarried: PluginCheck = {
  id: 'session/stdout-carried',
  target: 'plugin',
  title: 'What it prints on stdout after the handshake reaches the host through the session',
  level: 'should',
  needs: [...DISPENSED, 'handshake/later-output'],
  reference: 'go-plugin server.go, Serve replaces os.Stdout; client.go, SyncStdout',
  why: 'A host shows its users what comes over the session; on the original stdout it looks for the handshake only.',
  fix: 'In Go, print after plugin.Serve has started (os.Stdout is the session’s then); elsewhere write to the second stream.',
  async run({ subject, attempt }) {
    // One process and one connection: go-plugin shares what is printed among all connections.
    const { rawStdout, carriedBytes, plugin } = await subject.farewell(attempt);
    if (rawStdout === '' && carriedBytes === 0) return notApplicable('it prints nothing on stdout');
    if (rawStdout === '') return passed(`${carriedBytes} bytes`);
    return failed({
      message: 'The plugin prints past the session, on its original stdout.',
      expected: 'what is printed comes over the session’s stdout stream',
      actual: `${Buffer.byteLength(rawStdout)} bytes on the original stdout, ${carriedBytes} over the session`,
      evidence: evidenceOf(plugin, { stdout: rawStdout.slice(0, 1_000) }),
    });
  },
};

const secondConnection: PluginCheck = {
  id: 'session/second-connection',
  target: 'plugin',
  title: 'After a connection has closed without Quit, it takes another one',
  level: 'should',
  needs: SESSION,
  reference: 'go-plugin client.go, reattach; hashicorp/nomad#5891, hashicorp/nomad#23969',
  why: 'A host that restarts, or that is debugged, reattaches to plugins that are still running.',
  fix: 'Go on accepting connections until Quit, also after one has closed.',
  async run({ subject }) {
    if ((await subject.firstLaunch()).handshake?.protocol === 'grpc') return notApplicable(NETRPC_ONLY);
    const plugin = await subject.launch();
    try {
      const before = await plugin.connect();
      await before.ping();
      await before.close();
      const again = await plugin.connect();
      await again.ping();
      return passed();
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      return failed({
        message: 'Once its first connection has closed, the plugin serves nobody any more.',
        expected: 'a second connection that answers Ping',
        actual: error.message,
        evidence: evidenceOf(plugin),
        byTime: isTimeout(error),
      });
    } finally {
      await subject.release(plugin);
    }
  },
};

const autoMtls: PluginCheck = {
  id: 'session/auto-mtls',
  target: 'plugin',
  title: 'Asked for AutoMTLS, it answers with a certificate of its own and speaks TLS',
  level: 'should',
  needs: SESSION,
  reference: 'go-plugin server.go, Serve (PLUGIN_CLIENT_CERT); mtls.go; hashicorp/go-plugin#281',
  why: 'Terraform, Vault and others use AutoMTLS always: under them the plugin cannot be used.',
  fix: 'When PLUGIN_CLIENT_CERT is set, make a certificate (ECDSA P-521 or other, SAN localhost), print it as field 6, and serve TLS 1.2 or newer that requires the host’s certificate.',
  async run({ subject }) {
    if ((await subject.firstLaunch()).handshake?.protocol === 'grpc') return notApplicable(NETRPC_ONLY);
    const plugin = await subject.launch({ autoMtls: true });
    try {
      const { certificate } = await plugin.handshake;
      if (!certificate) {
        return failed({
          message: 'The plugin does not know AutoMTLS: it goes on without TLS.',
          expected: 'a certificate as field 6',
          actual: 'none',
          evidence: evidenceOf(plugin),
        });
      }
      const connection = await plugin.connect();
      await connection.ping();
      return passed();
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      return failed({
        message: 'Asked for AutoMTLS, the plugin cannot be talked to.',
        expected: 'a TLS session with the announced certificate',
        actual: error.message,
        evidence: evidenceOf(plugin),
        byTime: isTimeout(error),
      });
    } finally {
      await subject.release(plugin);
    }
  },
};

export const SESSION_CHECKS = [connects, streams, ping, outputCarried, secondConnection, autoMtls];
