import { launchProcess, type LaunchedProcess } from '../launch/index.js';
import {
  createCertificate,
  DEFAULT_START_TIMEOUT_MS,
  handshakeEnvironment,
  type CertificatePair,
  type Handshake,
} from '../handshake/index.js';
import type { PluginContract } from '../contract/index.js';
import { Tape } from '../tape/index.js';
import { Connection } from './connection.js';
import { DEFAULT_CALL_TIMEOUT_MS, type LaunchOptions } from './launch-options.js';
import { ConnectionError } from './errors.js';
import { readHandshake } from './read-handshake.js';
import { connectSocket, type SocketOptions } from './socket.js';

/** A plugin as a host holds it: the process, its handshake, and as many connections as one likes. */
export class LaunchedPlugin {
  readonly process: LaunchedProcess;
  /** Resolves with the handshake; rejects with a HandshakeError. */
  readonly handshake: Promise<Handshake>;
  readonly tape = new Tape();
  /** Milliseconds from launch to the handshake line; `undefined` before it. */
  handshakeMs: number | undefined;
  readonly #options: LaunchOptions;
  readonly #certificate: CertificatePair | null;
  readonly #launchedAt: number;
  readonly #connections = new Set<Connection>();
  #ended = false;

  private constructor(
    process: LaunchedProcess,
    options: LaunchOptions,
    certificate: CertificatePair | null,
    launchedAt: number,
  ) {
    this.process = process;
    this.#options = options;
    this.#certificate = certificate;
    this.#launchedAt = launchedAt;
    this.handshake = readHandshake(
      process,
      {
        versions: options.acceptedVersions === undefined ? options.versions : options.acceptedVersions,
        protocols: options.protocols ?? ['netrpc'],
        multiplex: false,
        autoMtls: options.autoMtls ?? false,
        cwd: process.folders.cwd,
      },
      options.startTimeoutMs ?? DEFAULT_START_TIMEOUT_MS,
    ).then((handshake) => {
      this.handshakeMs = performance.now() - process.startedAt;
      this.tape.record({ layer: 'process', direction: 'in', text: `handshake ${handshake.line}` });
      return handshake;
    });
    // Whoever launches may first want to look at the process; a failed handshake is told to those who await it.
    this.handshake.catch(() => {});
    void process.exit.then((status) => {
      const how = status.signal ? `signal ${status.signal}` : `exit code ${status.code}`;
      this.tape.record({ layer: 'process', direction: 'in', text: `the process ended: ${how}` });
    });
  }

  /** Starts the program; the handshake is awaited apart. @throws LaunchError when it cannot be started. */
  static async start(options: LaunchOptions): Promise<LaunchedPlugin> {
    const certificate = options.autoMtls ? await createCertificate() : null;
    const launchedAt = Date.now();
    const process = await launchProcess({
      command: options.command,
      env: {
        ...options.env,
        ...handshakeEnvironment({
          cookie: options.cookie,
          versions: options.versions,
          ...(certificate ? { clientCertificate: certificate.certificate } : {}),
        }),
      },
      inheritEnv: options.inheritEnv ?? false,
      stdin: options.stdin ?? 'open',
      ...(options.tmpdirMinLength === undefined
        ? {}
        : { tmpdir: { minPathLength: options.tmpdirMinLength } }),
    });
    return new LaunchedPlugin(process, options, certificate, launchedAt);
  }

  /**
   * Opens a connection; a plugin may have several at a time.
   *
   * @param certificate - what to show a plugin with AutoMTLS: the host's own certificate (`true`), none (`false`), or
   * another one, as a stranger does who has made one.
   * @throws HandshakeError, ConnectionError
   */
  async connect(certificate: boolean | CertificatePair = true): Promise<Connection> {
    const handshake = await this.handshake;
    const callTimeoutMs = this.#options.callTimeoutMs ?? DEFAULT_CALL_TIMEOUT_MS;
    const transport = await connectSocket(handshake.address, {
      timeoutMs: callTimeoutMs,
      notBefore: this.#launchedAt,
      ...this.#tls(handshake, certificate),
    });
    if (this.#ended) {
      transport.destroy();
      throw new ConnectionError('CONNECTION_LOST', 'The plugin was ended while a connection was being made.');
    }
    const connection = new Connection(transport, {
      callTimeoutMs,
      plugins: this.#options.plugins ?? new Map<string, PluginContract>(),
      tape: this.tape,
      recordFrames: this.#options.recordFrames ?? false,
    });
    this.#connections.add(connection);
    void connection.closed.then(() => this.#connections.delete(connection));
    return connection;
  }

  /** Breaks all connections and ends everything that came of this plugin. Safe to call again. */
  async end(): Promise<void> {
    this.#ended = true;
    for (const connection of this.#connections) connection.destroy();
    await this.process.end();
  }

  /** A host that asked for TLS does not go on without it. */
  #tls({ certificate: plugin }: Handshake, shown: boolean | CertificatePair): Pick<SocketOptions, 'tls'> {
    if (plugin) {
      const own = shown === true ? this.#certificate : shown || null;
      return { tls: { own, plugin } };
    }
    if (!this.#certificate) return {};
    throw new ConnectionError(
      'CONNECTION_TLS',
      'The host asked for AutoMTLS, and the plugin’s handshake has no certificate: a go-plugin host would fail to speak TLS with it.',
    );
  }
}

/**
 * Launches a plugin and shakes hands with it.
 *
 * @throws LaunchError when it cannot be started, HandshakeError when it does not shake hands; nothing is left then.
 */
export async function launch(options: LaunchOptions): Promise<LaunchedPlugin> {
  const plugin = await LaunchedPlugin.start(options);
  try {
    await plugin.handshake;
    return plugin;
  } catch (error) {
    await plugin.end();
    throw error;
  }
}
