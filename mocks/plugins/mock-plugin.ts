import type { Contract } from '../../harness/contract/index.js';
import {
  contractService,
  PluginServer,
  type Handler,
  type PluginFactory,
  type ServeOptions,
} from '../../harness/server/index.js';

/** What answers instead of the smallest reply; `null` takes a method out. */
export type MockHandlers = Readonly<Record<string, Handler | null>>;

/** A plugin that keeps every promise of a contract with the smallest reply there is, except where a handler knows better. */
export function mockOptions(contract: Contract, handlers: MockHandlers = {}): ServeOptions {
  const plugins = new Map<string, PluginFactory>(
    [...contract.plugins.values()].map((plugin) => {
      const all: Record<string, Handler> = {};
      for (const [name, method] of plugin.methods) {
        const handler = handlers[name];
        if (handler !== null) all[name] = handler ?? (() => method.sampleReply());
      }
      return [plugin.name, () => contractService(plugin, all)];
    }),
  );
  const { magicCookieKey: key, magicCookieValue: value, protocolVersions } = contract.handshake;
  return {
    cookie: { key, value },
    versions: new Map(protocolVersions.map((version) => [version, plugins])),
    registry: contract.errorTypes,
  };
}

/** A server that behaves: zoo plugins extend it and change one thing. */
export type ServerClass = new (options: ServeOptions) => PluginServer;

/** Serves a mock until its host ends it. */
export async function serveMock(options: ServeOptions, Server: ServerClass = PluginServer): Promise<void> {
  await new Server(options).serve();
}
