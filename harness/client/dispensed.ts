import type { MethodContract, PluginContract } from '../contract/index.js';
import {
  adopt,
  compareTypes,
  GobError,
  type Decoded,
  type GobType,
  type TypeDifference,
} from '../gob/index.js';
import { PLUGIN_SERVICE, RpcError, type RpcClient } from '../netrpc/index.js';
import type { Value } from '../value/index.js';

/** A reply as it came, and as a host of the contract holds it. */
export interface Reply {
  /** The type and value that were really sent. */
  readonly sent: Decoded;
  /** How the sent type differs from the contract's. */
  readonly differences: readonly TypeDifference[];
  /** The value in the contract's type; `undefined` when the types are incompatible. */
  readonly value: Value | undefined;
}

/** A dispensed plugin: its methods over a connection of its own. */
export class Client {
  readonly rpc: RpcClient;
  readonly contract: PluginContract | undefined;
  readonly #timeoutMs: number;

  constructor(rpc: RpcClient, contract: PluginContract | undefined, timeoutMs: number) {
    this.rpc = rpc;
    this.contract = contract;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Calls a method of the contract.
   *
   * @throws RpcServerError when the plugin answered with an error; RpcError when it gave no answer.
   */
  async call(method: string, args: Value = null, timeoutMs: number = this.#timeoutMs): Promise<Reply> {
    const contract = this.#method(method);
    return readReply(
      contract,
      await this.rpc.call(`${PLUGIN_SERVICE}.${method}`, contract.args, args, { timeoutMs }),
    );
  }

  /** Calls anything with arguments of any type, as a host that was built against something else does. */
  async callRaw(
    method: string,
    argsType: GobType,
    args: Value,
    timeoutMs: number = this.#timeoutMs,
  ): Promise<Decoded> {
    return this.rpc.call(`${PLUGIN_SERVICE}.${method}`, argsType, args, { timeoutMs });
  }

  close(): void {
    this.rpc.close();
  }

  #method(name: string): MethodContract {
    const method = this.contract?.methods.get(name);
    if (method) return method;
    throw new RpcError(
      'RPC_PROTOCOL',
      `The contract of ${this.contract?.name ?? 'this plugin'} has no method ${name}; call it with callRaw.`,
    );
  }
}

function readReply(contract: MethodContract, sent: Decoded): Reply {
  const differences = compareTypes(sent.type, contract.reply);
  const compatible = differences.every(({ kind }) => kind !== 'incompatible');
  return { sent, differences, value: compatible ? adoptReply(contract, sent) : undefined };
}

function adoptReply({ name, reply }: MethodContract, sent: Decoded): Value {
  try {
    return adopt(sent.value, sent.type, reply);
  } catch (cause) {
    if (!(cause instanceof GobError)) throw cause;
    throw new RpcError('RPC_PROTOCOL', `The reply of ${name} cannot be taken: ${cause.message}`, { cause });
  }
}
