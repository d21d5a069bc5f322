import type { PluginContract, ServiceContract } from '../contract/index.js';
import type { RpcMethod, RpcService } from '../netrpc/index.js';
import type { Value } from '../value/index.js';

/** What answers a method: takes the arguments, gives the reply; what it throws is the call's error. */
export type Handler = (args: Value) => Value | Promise<Value>;

/** The net/rpc service of a contract's plugin: the methods that have a handler, in the contract's types. */
export function contractService(
  contract: PluginContract | ServiceContract,
  handlers: Readonly<Record<string, Handler>>,
): RpcService {
  const service = new Map<string, RpcMethod>();
  for (const [name, method] of contract.methods) {
    const handle = handlers[name];
    if (handle) service.set(name, { args: method.args, reply: method.reply, handle });
  }
  return service;
}
