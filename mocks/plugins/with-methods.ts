import { PluginServer, type PluginFactory, type ServeOptions } from '../../harness/server/index.js';
import type { RpcMethod } from '../../harness/netrpc/index.js';
import type { ServerClass } from './mock-plugin.js';

/** A server whose plugins' methods were changed after they were put together. */
export function withMethods(
  change: (methods: Map<string, RpcMethod>) => ReadonlyMap<string, RpcMethod>,
): ServerClass {
  const changed =
    (factory: PluginFactory): PluginFactory =>
    (context) =>
      change(new Map(factory(context)));
  return class extends PluginServer {
    constructor(options: ServeOptions) {
      const versions = [...options.versions].map(
        ([version, plugins]) =>
          [version, new Map([...plugins].map(([name, factory]) => [name, changed(factory)]))] as const,
      );
      super({ ...options, versions: new Map(versions) });
    }
  };
}
