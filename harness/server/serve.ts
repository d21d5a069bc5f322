import { rmSync, writeSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Registry } from '../gob/index.js';
import { CORE_PROTOCOL_VERSION, ENV_CLIENT_CERT } from '../handshake/index.js';
import { autoMtls, type ServerTls } from './auto-mtls.js';
import { HostWatch } from './host-watch.js';
import { listen, type Listener } from './listen.js';
import { MISCONFIGURED, NOT_BY_HAND } from './messages.js';
import { negotiateVersion, offeredVersions } from './negotiate.js';
import { OutputRelay } from './output-relay.js';
import { PluginConnection, type PluginConnectionOptions, type PluginFactory } from './plugin-connection.js';
import { redirect } from './redirect.js';

export interface ServeOptions {
  readonly cookie: { readonly key: string; readonly value: string };
  /** The plugins of each protocol version, by the name under which they are dispensed. */
  readonly versions: ReadonlyMap<number, ReadonlyMap<string, PluginFactory>>;
  /** Concrete types that interface values in replies may have, by their gob names. */
  readonly registry?: Registry;
}

/** How long connections may take to end in good order when the process is to end, in ms. */
const END_GRACE_MS = 200;

const STDERR = 2;

/** By custom of the shells, a process that died of signal n shows the exit code 128 + n; SIGTERM is 15. */
const EXIT_SIGTERM = 143;

/**
 * Serves plugins to a go-plugin host over net/rpc, as go-plugin's `Serve` does: refuses to run without the magic
 * cookie, negotiates the version, answers AutoMTLS, prints the handshake and serves until the host says Quit.
 *
 * Better than go-plugin's own: it also ends when its host is gone and on SIGTERM, leaves no socket behind, and says
 * so, with exit code 1, when it cannot listen.
 */
export class PluginServer {
  protected readonly options: ServeOptions;
  protected readonly env = process.env;
  readonly #stdout = new OutputRelay();
  readonly #stderr = new OutputRelay();
  readonly #connections = new Set<PluginConnection>();
  readonly #watch = new HostWatch(() => this.end(0));
  #listener: Listener | undefined;
  #tls: ServerTls | null = null;
  #ending = false;

  constructor(options: ServeOptions) {
    this.options = options;
  }

  /** Resolves when the handshake is printed. From then on the process belongs to the host, and ends with it. */
  async serve(): Promise<void> {
    const { cookie, versions } = this.options;
    if (cookie.key === '' || cookie.value === '' || versions.size === 0) return refuse(MISCONFIGURED);
    if (!this.admits()) return refuse(NOT_BY_HAND);
    const version = this.negotiate(offeredVersions(this.env), [...versions.keys()]);
    const plugins = versions.get(version) ?? new Map<string, PluginFactory>();
    try {
      this.#tls = await this.secure(this.env[ENV_CLIENT_CERT]);
      this.#listener = await listen(this.env, (socket) => this.onSocket(socket, plugins));
    } catch (error) {
      return refuse(`plugin init error: ${(error as Error).message}\n`);
    }
    process.on('exit', () => this.#removeSocket());
    process.on('SIGINT', () => this.onInterrupt());
    process.on('SIGTERM', () => this.onTerminate());
    this.announce(this.handshakeLine(version, this.#listener));
    this.redirectOutput();
    this.#watch.start();
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
    if (this.#tls) this.#tls.accept(socket, (secure) => this.#serve(secure, plugins));
    else this.#serve(socket, plugins);
  }

  protected connection(transport: Duplex, options: PluginConnectionOptions): PluginConnection {
    return new PluginConnection(transport, options);
  }

  /** Ctrl-C reaches a whole terminal's process group: ending is the host's decision (server.go, `Serve`). */
  protected onInterrupt(): void {}

  /** Ends in order. */
  protected onTerminate(): void {
    this.end(EXIT_SIGTERM);
  }

  /** The host may come back; if it is gone for good, nobody reads the pipes any more, and this plugin ends. */
  protected onLastConnectionClosed(): void {
    this.#watch.suspect();
  }

  protected quit(): void {
    this.end(0);
  }

  /** Closes everything, leaves no socket behind, and exits. The first code counts. */
  protected end(code: number): void {
    if (this.#ending) return;
    this.#ending = true;
    this.#listener?.server.close();
    const exit = (): void => process.exit(code);
    setTimeout(exit, END_GRACE_MS);
    void Promise.all([...this.#connections].map(({ session }) => session.close())).then(exit);
  }

  #serve(transport: Duplex, plugins: ReadonlyMap<string, PluginFactory>): void {
    const { registry } = this.options;
    const connection = this.connection(transport, {
      plugins,
      ...(registry ? { registry } : {}),
      stdout: this.#stdout,
      stderr: this.#stderr,
      onQuit: () => this.quit(),
    });
    this.#watch.stop();
    this.#connections.add(connection);
    void connection.session.closed.then(() => {
      this.#connections.delete(connection);
      if (this.#connections.size === 0) this.onLastConnectionClosed();
    });
  }

  #removeSocket(): void {
    if (this.#listener?.network === 'unix') rmSync(this.#listener.address, { force: true });
  }
}

/** Serves plugins until the host ends this process. */
export async function serve(options: ServeOptions): Promise<void> {
  await new PluginServer(options).serve();
}

function refuse(text: string): never {
  try {
    writeSync(STDERR, text);
  } catch {
    // Nobody reads it; the exit code tells as much.
  }
  process.exit(1);
}
