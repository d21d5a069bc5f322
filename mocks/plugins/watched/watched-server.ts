import type { Duplex } from 'node:stream';
import {
  PluginServer,
  type PluginConnection,
  type PluginConnectionOptions,
  type PluginFactory,
  type ServeOptions,
} from '../../../harness/server/index.js';
import type { Behaviour, EndReason, WatchedPlugin } from './behaviour.js';
import type { Recorder } from './recorder.js';
import { WatchedConnection } from './watched-connection.js';
import { WatchedMethods, type Calls } from './watched-methods.js';

/**
 * How long a plugin that does not end of itself may live on, in ms: longer than the minute for which a go-plugin host
 * waits for the handshake (client.go, `NewClient`), so that it is never the plugin that gives up.
 */
const MAX_LIFE_MS = 90_000;

/** A plugin server that tells all that happens to it, and has one behaviour. */
export class WatchedServer extends PluginServer implements WatchedPlugin {
  readonly recorder: Recorder;
  readonly #behaviour: Behaviour;
  readonly #connections = new Set<PluginConnection>();
  #accepted = 0;
  #called = 0;
  #answered = 0;
  #bounded = false;
  #reason: EndReason = 'host-gone';
  #ready!: () => void;

  constructor(options: ServeOptions, behaviour: Behaviour, recorder: Recorder) {
    const calls: { current?: Calls } = {};
    super({ ...options, versions: watched(options.versions, calls) });
    this.recorder = recorder;
    this.#behaviour = behaviour;
    calls.current = {
      plugin: this,
      behaviour,
      ready: new Promise((resolve) => {
        this.#ready = resolve;
      }),
      next: () => this.#called++,
      nextToAnswer: () => this.#answered++,
    };
  }

  breakConnections(): void {
    for (const { session } of this.#connections) session.destroy();
  }

  boundLife(): void {
    if (!this.#bounded) setTimeout(() => process.exit(0), MAX_LIFE_MS);
    this.#bounded = true;
  }

  protected override admits(): boolean {
    const admitted = super.admits();
    if (!admitted) this.recorder.tell('refused', {});
    return admitted;
  }

  protected override async secure(hostCertificate: string | undefined): ReturnType<PluginServer['secure']> {
    await this.#behaviour.beforeListening?.();
    return super.secure(hostCertificate);
  }

  protected override announce(line: string): void {
    const text = this.#behaviour.announce ? this.#behaviour.announce(line) : line;
    if (text === null) {
      this.boundLife();
      return;
    }
    // First told: a host that does not like the line may kill at once.
    this.recorder.tell('handshake', { line: text });
    super.announce(text);
  }

  protected override redirectOutput(): void {
    super.redirectOutput();
    void Promise.resolve(this.#behaviour.afterHandshake?.(this)).then(this.#ready);
  }

  protected override connection(transport: Duplex, options: PluginConnectionOptions): PluginConnection {
    const connection = new WatchedConnection(transport, options, this.#accepted++, this.recorder);
    this.#connections.add(connection);
    void connection.session.closed.then(() => this.#connections.delete(connection));
    return connection;
  }

  protected override quit(): void {
    this.#reason = 'quit';
    super.quit();
  }

  protected override onTerminate(): void {
    this.#reason = 'signal';
    super.onTerminate();
  }

  /** PluginServer ends after Quit, of SIGTERM, and, without another word, when its host is gone. */
  protected override end(code: number): void {
    const reason = this.#reason;
    this.#reason = 'host-gone';
    if (reason === 'host-gone' && !this.recorder.hasTold('host-gone')) this.recorder.tell('host-gone', {});
    const end = (): void => super.end(code);
    if (this.#behaviour.end) void this.#behaviour.end(reason, this, end);
    else end();
  }
}

/** Every dispensed plugin's methods tell of their calls. There are calls only once the server is made. */
function watched(
  versions: ServeOptions['versions'],
  calls: { readonly current?: Calls },
): ServeOptions['versions'] {
  const watch =
    (name: string, factory: PluginFactory): PluginFactory =>
    (context) => {
      const methods = factory(context);
      return calls.current ? new WatchedMethods(name, methods, calls.current) : methods;
    };
  return new Map(
    [...versions].map(([version, plugins]) => [
      version,
      new Map([...plugins].map(([name, factory]) => [name, watch(name, factory)])),
    ]),
  );
}
