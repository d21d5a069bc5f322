import type { Duplex } from 'node:stream';
import type { Registry } from '../gob/index.js';
import {
  CONTROL_SERVICE,
  DISPENSE,
  DISPENSER_SERVICE,
  MuxBroker,
  PING,
  PLUGIN_SERVICE,
  QUIT,
  RpcClient,
  serveRpc,
  type RpcService,
} from '../netrpc/index.js';
import type { Value } from '../value/index.js';
import { YamuxSession, type YamuxStream } from '../yamux/index.js';
import type { OutputRelay } from './standard-streams.js';

/** What a plugin's implementation may use: the way back to the host that dispensed it. */
export interface PluginContext {
  /** Connects to a service that the host serves under this broker id; close the client after use. */
  dialHost(id: number): Promise<RpcClient>;
  /** Serves methods to the host under a new broker id; resolves with the id at once. */
  serveHost(service: RpcService): number;
}

/** Makes the methods of one dispensed plugin (go-plugin's `Plugin.Server`). */
export type PluginFactory = (context: PluginContext) => RpcService;

export interface PluginConnectionOptions {
  readonly plugins: ReadonlyMap<string, PluginFactory>;
  readonly registry?: Registry;
  readonly stdout: OutputRelay;
  readonly stderr: OutputRelay;
  /** The host asked this plugin to end. */
  onQuit(): void;
}

/** One host's connection, as go-plugin's RPCServer serves it (rpc_server.go, `ServeConn`). */
export class PluginConnection implements PluginContext {
  readonly session: YamuxSession;
  readonly broker: MuxBroker;
  protected readonly options: PluginConnectionOptions;
  #opened = 0;

  constructor(transport: Duplex, options: PluginConnectionOptions) {
    this.options = options;
    this.session = new YamuxSession(transport, { role: 'server' });
    this.broker = new MuxBroker(this.session);
    this.session.on('stream', (stream) => {
      stream.on('error', () => {});
      this.accept(stream, this.#opened++);
    });
    void this.session.closed.then(() => {
      this.broker.close();
    });
  }

  /** The first three streams are control, stdout and stderr; all further ones are brokered. */
  protected accept(stream: YamuxStream, index: number): void {
    if (index === 0) this.#serve(stream, new Map([[CONTROL_SERVICE, this.control()], [DISPENSER_SERVICE, this.dispenser()]]));
    else if (index === 1) this.options.stdout.attach(stream);
    else if (index === 2) this.options.stderr.attach(stream);
    else this.broker.handle(stream);
  }

  /** Ping and Quit. */
  protected control(): RpcService {
    return new Map([
      ['Ping', { args: PING.args, reply: PING.reply, handle: () => ({}) }],
      [
        'Quit',
        {
          args: QUIT.args,
          reply: QUIT.reply,
          handle: () => {
            // After this turn of the loop the answer is written.
            setImmediate(() => {
              this.options.onQuit();
            });
            return {};
          },
        },
      ],
    ]);
  }

  /** Dispense: the error's text is go-plugin's own. */
  protected dispenser(): RpcService {
    return new Map([
      [
        'Dispense',
        {
          args: DISPENSE.args,
          reply: DISPENSE.reply,
          handle: (name: Value) => this.dispense(String(name)),
        },
      ],
    ]);
  }

  protected dispense(name: string): number {
    const factory = this.options.plugins.get(name);
    if (!factory) throw new Error(`unknown plugin type: ${name}`);
    return this.serveHost(factory(this));
  }

  async dialHost(id: number): Promise<RpcClient> {
    return new RpcClient(await this.broker.dial(id), `broker id ${id}`);
  }

  serveHost(service: RpcService): number {
    const id = this.broker.nextId();
    this.broker.accept(id).then(
      (stream) => {
        this.#serve(stream, new Map([[PLUGIN_SERVICE, service]]));
      },
      // Nobody dialled: the host thought better of it.
      () => {},
    );
    return id;
  }

  #serve(stream: YamuxStream, services: ReadonlyMap<string, RpcService>): void {
    const { registry } = this.options;
    serveRpc(stream, { services, ...(registry ? { registry } : {}) });
  }
}
