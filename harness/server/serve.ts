import { rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Registry } from '../gob/index.js';
import { CORE_PROTOCOL_VERSION, ENV_CLIENT_CERT } from '../handshake/index.js';
import { autoMtls, type ServerTls } from './auto-mtls.js';
import { listen, type Listener } from './listen.js';
import { negotiateVersion, offeredVersions } from './negotiate.js';
import { PluginConnection, type PluginConnectionOptions, type PluginFactory } from './plugin-connection.js';
import { OutputRelay, redirect } from './standard-streams.js';

export interface ServeOptions {
  readonly cookie: { readonly key: string; readonly value: string };
  /** The plugins of each protocol version, by the name under which they are dispensed. */
  readonly versions: ReadonlyMap<number, ReadonlyMap<string, PluginFactory>>;
  /** Concrete types that interface values in replies may have, by their gob names. */
  readonly registry?: Registry;
}

/** What stands on stderr when somebody runs a plugin by hand (go-plugin server.go, `Serve`; scripts look for it). */
const NOT_BY_HAND =
  'This binary is a plugin. These are not meant to be executed directly.\n' +
  'Please execute the program that consumes these plugins, which will\n' +
  'load any plugins automatically\n';

/**
 * Serves plugins to a go-plugin host over net/rpc, as go-plugin's `Serve` does: refuses to run without the magic
 * cookie, negotiates the version, answers AutoMTLS, prints the handshake and serves until the host says Quit.
 * Never returns to its caller: the process ends with it.
 */
export class PluginServer {
  protected readonly options: ServeOptions;
  protected readonly env = process.env;
  readonly #stdout = new OutputRelay();
  readonly #stderr = new OutputRelay();
  readonly #connections = new Set<PluginConnection>();
  #listener: Listener | undefined;
  #tls: ServerTls | null = null;

  constructor(options: ServeOptions) {
    this.options = options;
  }

  async serve(): Promise<void> {
    if (!this.admits()) {
      process.stderr.write(NOT_BY_HAND, () => process.exit(1));
      return;
    }
    const version = this.negotiate(offeredVersions(this.env), [...this.options.versions.keys()]);
    const plugins = this.options.versions.get(version) ?? new Map<string, PluginFactory>();
    try {
      this.#tls = await this.secure(this.env[ENV_CLIENT_CERT]);
      this.#listener = await listen(this.env, (socket) => {
        this.onSocket(socket, plugins);
      });
    } catch (error) {
      process.stderr.write(`plugin init error: ${(error as Error).message}\n`, () => process.exit(1));
      return;
    }
    process.on('SIGINT', () => this.onInterrupt());
    process.on('SIGTERM', () => this.onTerminate());
    this.announce(this.handshakeLine(version, this.#listener));
    this.redirectOutput();
  }

  /** Whether the host knows the magic cookie. */
  protected admits(): boolean {
    return this.env[this.options.cookie.key] === this.options.cookie.value;
  }

  protected negotiate(offered: readonly number[], served: readonly number[]): number {
    return negotiateVersion(offered, served);
  }

  protected async secure(hostCertificate: string | undefined): Promise<ServerTls | null> {
    return hostCertificate ? autoMtls(hostCertificate) : null;
  }

  protected handshakeLine(version: number, { network, address }: Listener): string {
    return [CORE_PROTOCOL_VERSION, version, network, address, 'netrpc', this.#tls?.field ?? ''].join('|');
  }

  protected announce(line: string): void {
    process.stdout.write(`${line}\n`);
  }

  /** From now on what this process prints reaches the host over the connection. */
  protected redirectOutput(): void {
    redirect(process.stdout, this.#stdout);
    redirect(process.stderr, this.#stderr);
  }

  protected onSocket(socket: Socket, plugins: ReadonlyMap<string, PluginFactory>): void {
    socket.on('error', () => {});
    const { registry } = this.options;
    const connection = this.connection(this.#tls ? this.#tls.wrap(socket) : socket, {
      plugins,
      ...(registry ? { registry } : {}),
      stdout: this.#stdout,
      stderr: this.#stderr,
      onQuit: () => this.quit(),
    });
    this.#connections.add(connection);
    void connection.session.closed.then(() => {
      this.#connections.delete(connection);
      if (this.#connections.size === 0) this.onLastConnectionClosed();
    });
  }

  protected connection(transport: Duplex, options: PluginConnectionOptions): PluginConnection {
    return new PluginConnection(transport, options);
  }

  /** Ctrl-C reaches a whole terminal's process group: ending is the host's decision (server.go, `Serve`). */
  protected onInterrupt(): void {}

  /** Ends in order, with the exit code that shells give for SIGTERM. */
  protected onTerminate(): void {
    this.end(143);
  }

  /** The host may come back; if it is gone for good, nobody reads the pipes any more, and this plugin ends. */
  protected onLastConnectionClosed(): void {
    const gone = (): void => {
      this.end(0);
    };
    process.stdout.once('error', gone);
    // Past the redirection, to the pipe itself. A host takes an empty line after the handshake for a log line.
    Object.getPrototypeOf(process.stdout).write.call(process.stdout, '\n');
  }

  protected quit(): void {
    this.end(0);
  }

  /** Closes everything, leaves no socket behind, and exits. */
  protected end(code: number): void {
    this.#listener?.server.close();
    if (this.#listener?.network === 'unix') rmSync(this.#listener.address, { force: true });
    const closing = [...this.#connections].map((connection) => connection.session.close());
    const exit = (): void => {
      process.exit(code);
    };
    setTimeout(exit, 200).unref();
    void Promise.allSettled(closing).then(exit);
  }
}

/** Serves plugins until the host ends this process. */
export async function serve(options: ServeOptions): Promise<void> {
  await new PluginServer(options).serve();
}
