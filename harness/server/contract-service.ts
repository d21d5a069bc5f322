import type { PluginContract, ServiceContract } from '../contract/index.js';
import type { RpcMethod, RpcService } from '../netrpc/index.js';
import type { Value } from '../value/index.js';

interface Handling {
  handle(args: Value): Value | Promise<Value>;
}

/**
 * What answers a method: takes the arguments, gives the reply; what it throws is the call's error. Its parameter may
 * be of a type that is narrower than Value: by the time it is called, gob has seen that the arguments are of the
 * contract's type. (The parameters of methods, unlike those of functions, are compared both ways.)
 */
export type Handler = Handling['handle'];

/** The net/rpc service of a contract's plugin: the methods that have a handler, in the contract's types. */
export function contractService(
  contract: PluginContract | ServiceContract,
  handlers: Readonly<Record<string, Handler>>,
): RpcService {
  const service = new Map<string, RpcMethod>();
  for (const [name, { args, reply }] of contract.methods) {
    const handle = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    if (handle) service.set(name, { args, reply, handle });
  }
  return service;
}
