import type { Report } from '../report/index.js';
import type { Command } from './command.js';
import { withHostDefaults, type CheckHostOptions } from './host-options.js';
import { runHost } from './run-host.js';

/**
 * Judges one host: `(await checkHost(['./my-host'], { adapter: true })).verdict`.
 *
 * Never throws for what the host does, and ends whatever it started, as `checkPlugin` does.
 *
 * @param command - a path, or a name on PATH, and its arguments; `{plugin}` and `{plugins}` in them stand for paths
 * @throws ContractError when the contract cannot be used; RunError when what is asked for cannot be meant; HostRunError
 *   when nothing says where the host looks for plugins
 */
export async function checkHost(
  command: Command,
  options: Omit<CheckHostOptions, 'command'> = {},
): Promise<Report> {
  return runHost(await withHostDefaults({ ...options, command }));
}
