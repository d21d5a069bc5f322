import { ENV_PROTOCOL_VERSIONS } from '../handshake/index.js';

/** The versions a host offers, from its environment; empty when it offers none, as old hosts do. */
export function offeredVersions(env: NodeJS.ProcessEnv): number[] {
  return (env[ENV_PROTOCOL_VERSIONS] ?? '')
    .split(',')
    .filter((text) => /^[+-]?\d+$/.test(text))
    .map(Number);
}

/** The highest version in common, else the lowest that is served (go-plugin server.go, `protocolVersion`). */
export function negotiateVersion(offered: readonly number[], served: readonly number[]): number {
  const common = served.filter((version) => offered.includes(version));
  return common.length > 0 ? Math.max(...common) : Math.min(...served);
}
