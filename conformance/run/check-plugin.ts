import type { Report } from '../report/index.js';
import type { Command } from './command.js';
import { withDefaults, type CheckOptions } from './options.js';
import { runPlugin } from './run-plugin.js';

/**
 * Judges one plugin: `(await checkPlugin(['./my-plugin'])).verdict`.
 *
 * Never throws for what the plugin does, and ends whatever it started. Should this Node process exit meanwhile, that is
 * ended too; a signal, which kills Node without its 'exit' event, needs `installSignalGuard`.
 *
 * @param command - a path, or a name on PATH, and its arguments; files among them are found from our own folder
 * @throws ContractError when the contract cannot be used; RunError when what is asked for cannot be meant
 */
export async function checkPlugin(command: Command, options: CheckOptions = {}): Promise<Report> {
  return runPlugin({ ...(await withDefaults(options)), command });
}
