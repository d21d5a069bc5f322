import { ConnectionError, type Connection } from '../../harness/client/index.js';
import { HarnessError } from '../../harness/errors.js';
import type { CheckContext, CheckOutcome, PluginCheck } from './check.js';
import { DISPENSED, HANDSHAKE, SESSION } from './needs.js';
import { evidenceOf, failed, isTimeout, notApplicable, passed } from './outcomes.js';

const NETRPC_ONLY = 'about net/rpc; this plugin speaks gRPC';

/** Runs a connection's check on a plugin of its own, where it speaks net/rpc at all. */
async function withConnection(
  { subject }: CheckContext,
  work: (connection: Connection) => Promise<CheckOutcome>,
  onRefused: (error: ConnectionError) => Omit<Extract<CheckOutcome, { expected: string }>, 'outcome' | 'evidence'>,
): Promise<CheckOutcome> {
  if ((await subject.firstLaunch()).handshake?.protocol === 'grpc') return notApplicable(NETRPC_ONLY);
  const plugin = await subject.launch();
  try {
    return await work(await plugin.connect());
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error;
    return failed({ ...onRefused(error), evidence: evidenceOf(plugin) });
  } finally {
    await subject.release(plugin);
  }
}

const connects: PluginCheck = {
  id: 'session/connects',
  target: 'plugin',
  title: 'The address it announces takes a connection at once',
  level: 'must',
  needs: HANDSHAKE,
  reference: 'go-plugin rpc_client.go, newRPCClient',
  why: 'The host connects as soon as it has read the line, and does not try again.',
  fix: 'Print the handshake after the listener listens, with the listener’s own address.',
  run: (context) =>
    withConnection(
      context,
      async () => passed(),
      (error) => ({
        message: error.message,
        expected: 'a connection',
        actual: error.code === 'CONNECTION_TIMEOUT' ? 'no answer in time' : 'no connection',
        byTime: error.code === 'CONNECTION_TIMEOUT',
      }),
    ),
};

const streams: PluginCheck = {
  id: 'session/streams',
  target: 'plugin',
  title: 'It takes the three streams that a host opens: control, stdout and stderr',
  level: 'must',
  needs: [...HANDSHAKE, 'session/connects'],
  reference: 'go-plugin rpc_server.go, ServeConn; yamux config.go, StreamOpenTimeout (75 s)',
  why: 'Go’s yamux closes the whole session when a stream is not accepted within 75 s: the plugin is lost a minute after it started.',
  fix: 'Accept three streams on each new connection, in that order, before anything else.',
  run: (context) =>
    withConnection(
      context,
      async (connection) => {
        await connection.streamsAccepted(context.subject.budgets.timeoutMs);
        return passed();
      },
      (error) => ({
        message: error.message,
        expected: 'yamux acknowledges all three streams',
        actual: error.code === 'CONNECTION_LOST' ? 'the session ended' : 'at least one was not acknowledged',
        byTime: error.code === 'CONNECTION_TIMEOUT',
      }),
    ),
};

const ping: PluginCheck = {
  id: 'session/ping',
  target: 'plugin',
  title: 'It answers Control.Ping',
  level: 'must',
  needs: [...HANDSHAKE, 'session/connects', 'session/streams'],
  reference: 'go-plugin rpc_server.go, controlServer.Ping; rpc_client.go, Ping',
  why: 'A host asks by Ping whether the plugin is alive, and restarts it when there is no answer.',
  fix: 'Serve Control.Ping(bool) over net/rpc on the first stream; go-plugin does this by itself.',
  async run(context) {
    const { subject } = context;
    return withConnection(
      context,
      async (connection) => {
        try {
          return passed(`${(await connection.ping()).toFixed(1)} ms`);
        } catch (error) {
          if (!(error instanceof HarnessError)) throw error;
          return failed({
            message: error.message,
            expected: 'a reply',
            actual: error.code === 'RPC_TIMEOUT' ? `none within ${subject.budgets.timeoutMs} ms` : 'an error',
            evidence: { tape: connection.tape.lines() },
            byTime: error.code === 'RPC_TIMEOUT',
          });
        }
      },
      (error) => ({ message: error.message, expected: 'a reply', actual: 'no connection' }),
    );
  },
};

const outputCarried: PluginCheck = {
  id: 'session/stdout-carried',
  target: 'plugin',
  title: 'What it prints on stdout after the handshake reaches the host through the session',
  level: 'should',
  needs: [...DISPENSED, 'handshake/later-output'],
  reference: 'go-plugin server.go, Serve replaces os.Stdout; client.go, SyncStdout',
  why: 'A host shows its users what comes over the session; on the original stdout it looks for the handshake only.',
  fix: 'In Go, print after plugin.Serve has started (os.Stdout is the session’s then); elsewhere write to the second stream.',
  async run({ subject }) {
    // One process and one connection: go-plugin shares what is printed among all connections.
    const session = await subject.freshSession();
    try {
      for (const target of subject.targets.filter((each) => subject.mayRepeat(each))) {
        const { first } = await subject.observe(target, 0);
        if (first?.kind === 'reply' || first?.kind === 'error') await session.call(target, first.args, subject.budgets.timeoutMs);
      }
      await new Promise((resolve) => {
        setTimeout(resolve, subject.budgets.settleMs / 4);
      });
      const raw = session.plugin.process.stdout.text().split('\n').slice(1).join('\n').trim();
      const carried = session.connection.stdout.totalBytes;
      if (raw === '' && carried === 0) return notApplicable('it prints nothing on stdout');
      if (raw === '') return passed(`${carried} bytes`);
      return failed({
        message: 'The plugin prints past the session, on its original stdout.',
        expected: 'what is printed comes over the session’s stdout stream',
        actual: `${Buffer.byteLength(raw)} bytes on the original stdout, ${carried} over the session`,
        evidence: evidenceOf(session.plugin, { stdout: raw.slice(0, 1_000) }),
      });
    } finally {
      await subject.release(session.plugin);
    }
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
