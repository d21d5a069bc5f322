import { writeSync } from 'node:fs';
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
  textOf,
  type RpcService,
} from '../netrpc/index.js';
import { YamuxSession, type YamuxStream } from '../yamux/index.js';
import type { OutputRelay } from './output-relay.js';

/** What a plugin's implementation may use: the way back to the host that dispensed it. */
export interface PluginContext {
  /**
   * Connects to a service that the host serves under this broker id; close the client after use.
   *
   * @throws RpcError RPC_BROKER when the host does not serve it
   */
  dialHost(id: number): Promise<RpcClient>;
  /**
   * Serves methods to the host under a new broker id, for one connection, which the host has to make within five
   * seconds. The id is what the host has to be told.
   */
  serveHost(service: RpcService): number;
}

/** Makes the methods of one dispensed plugin (go-plugin's `Plugin.Server`). What it throws is the host's answer. */
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
    this.session.on('stream', (stream) => this.accept(stream, this.#opened++));
  }

  /** The first three streams are control, stdout and stderr; all further ones are brokered. */
  protected accept(stream: YamuxStream, index: number): void {
    if (index === 0)
      this.#serve(stream, [CONTROL_SERVICE, this.control()], [DISPENSER_SERVICE, this.dispenser()]);
    else if (index === 1) this.options.stdout.attach(stream);
    else if (index === 2) this.options.stderr.attach(stream);
    else this.broker.handle(stream);
  }

  /** Ping and Quit. */
  protected control(): RpcService {
    const quit = (): Record<string, never> => {
      // After this turn of the loop the answer is written.
      setImmediate(() => this.options.onQuit());
      return {};
    };
    return new Map([
      ['Ping', { args: PING.args, reply: PING.reply, handle: () => ({}) }],
      ['Quit', { args: QUIT.args, reply: QUIT.reply, handle: quit }],
    ]);
  }

  protected dispenser(): RpcService {
    const { args, reply } = DISPENSE;
    return new Map([['Dispense', { args, reply, handle: (name) => this.dispense(textOf(name)) }]]);
  }

  /** The error's text is go-plugin's own. */
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
      (stream) => this.#serve(stream, [PLUGIN_SERVICE, service]),
      // Nobody dialled: the host thought better of it.
      () => {},
    );
    return id;
  }

  #serve(stream: YamuxStream, ...services: (readonly [name: string, service: RpcService])[]): void {
    const { registry } = this.options;
    serveRpc(stream, {
      services: new Map(services),
      ...(registry ? { registry } : {}),
      onUnencodable: ({ message }) => logLikeGo(`rpc: gob error encoding body: ${message}`),
    });
  }
}

/** Go's `log` package keeps the stderr that the process started with, and so reaches the host by the pipe. */
function logLikeGo(text: string): void {
  try {
    writeSync(2, `${text}\n`);
  } catch {
    // Nobody reads it.
  }
}
