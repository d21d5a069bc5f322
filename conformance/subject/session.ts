import type { Duplex } from 'node:stream';
import { Connection, type Client, type LaunchedPlugin, type Reply } from '../../harness/client/index.js';
import type { Contract, MethodContract } from '../../harness/contract/index.js';
import { GobError } from '../../harness/gob/index.js';
import { RpcError, RpcServerError } from '../../harness/netrpc/index.js';
import type { Value } from '../../harness/value/index.js';
import { explainLoss, type Loss } from './loss.js';
import { serveHostServices } from './host-services.js';
import type { MethodTarget } from './targets.js';

/** What came of a call, errors included: checks look at it, nothing is thrown. */
export type CallOutcome =
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'timeout'; readonly text: string }
  | { readonly kind: 'lost'; readonly text: string; readonly loss: Loss };

/** A connection with everything of the contract dispensed, as a host holds it. */
export class PluginSession {
  readonly plugin: LaunchedPlugin;
  readonly connection: Connection;
  readonly #contract: Contract;
  readonly #clients: ReadonlyMap<string, Client>;
  /** How often the shared session was used before. */
  uses = 0;

  constructor(
    plugin: LaunchedPlugin,
    connection: Connection,
    contract: Contract,
    clients: ReadonlyMap<string, Client>,
  ) {
    this.plugin = plugin;
    this.connection = connection;
    this.#contract = contract;
    this.#clients = clients;
  }

  /** Whether calls can still be made on everything that was dispensed. */
  get alive(): boolean {
    return (
      this.plugin.process.exited === undefined &&
      this.connection.control.lost === undefined &&
      [...this.#clients.values()].every((client) => client.rpc.lost === undefined)
    );
  }

  client(plugin: string): Client {
    const client = this.#clients.get(plugin);
    if (!client) throw new Error(`The plugin ${plugin} was not dispensed.`);
    return client;
  }

  /** A further connection to the same process, with everything dispensed anew. */
  async another(): Promise<PluginSession> {
    return connectSession(this.plugin, this.#contract);
  }

  /** The same over a socket that stays in the caller's hands; nobody else ends it. */
  async over(socket: Duplex, callTimeoutMs: number): Promise<PluginSession> {
    const { plugins } = this.#contract;
    const connection = new Connection(socket, { callTimeoutMs, plugins, tape: this.plugin.tape });
    return dispenseAll(this.plugin, connection, this.#contract);
  }

  /** Calls a method; broker ids among the arguments are really served during the call. */
  async call(target: MethodTarget, args: Value, timeoutMs: number): Promise<CallOutcome> {
    const served = serveHostServices(this.connection, this.#contract, target.method, args);
    return this.outcome(this.client(target.plugin).call(target.method.name, served, timeoutMs));
  }

  /** Sends something that no fair host sends. */
  async callRaw(
    plugin: string,
    method: string,
    type: MethodContract['args'],
    args: Value,
    timeoutMs: number,
  ): Promise<CallOutcome> {
    const sent = this.client(plugin).callRaw(method, type, args, timeoutMs);
    return this.outcome(sent.then((decoded) => ({ sent: decoded, differences: [], value: decoded.value })));
  }

  async outcome(call: Promise<Reply>): Promise<CallOutcome> {
    try {
      return { kind: 'reply', reply: await call };
    } catch (error) {
      if (error instanceof RpcServerError) return { kind: 'error', text: error.text };
      if (error instanceof GobError || !(error instanceof RpcError)) throw error;
      if (error.code === 'RPC_TIMEOUT') return { kind: 'timeout', text: error.message };
      return { kind: 'lost', text: error.message, loss: await explainLoss(this.plugin) };
    }
  }
}

/** Connects, dispenses every plugin of the contract, and calls what a host calls once, first of all. */
export async function openSession(
  plugin: LaunchedPlugin,
  contract: Contract,
  once: readonly MethodTarget[],
  timeoutMs: number,
): Promise<PluginSession> {
  const session = await connectSession(plugin, contract);
  for (const target of once) await session.call(target, target.method.sampleArgs(), timeoutMs);
  return session;
}

async function connectSession(plugin: LaunchedPlugin, contract: Contract): Promise<PluginSession> {
  return dispenseAll(plugin, await plugin.connect(), contract);
}

async function dispenseAll(
  plugin: LaunchedPlugin,
  connection: Connection,
  contract: Contract,
): Promise<PluginSession> {
  const clients = new Map<string, Client>();
  for (const name of contract.plugins.keys()) clients.set(name, await connection.dispense(name));
  return new PluginSession(plugin, connection, contract, clients);
}
