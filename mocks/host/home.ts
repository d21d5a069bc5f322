import type { Client, Connection, LaunchedPlugin, LaunchOptions } from '../../harness/client/index.js';
import type { HostError } from './errors.js';
import type { Settings } from './options.js';
import type { PluginRun } from './plugin-run.js';
import type { StateChange } from './state.js';

/** What a plugin needs of its host. */
export interface Home {
  readonly settings: Settings;
  /** Aborted when the host is shut down. */
  readonly cancelled: AbortSignal;
  launch(options: LaunchOptions): Promise<LaunchedPlugin>;
  dispense(connection: Connection, name: string): Promise<Client>;
  makeRun(launched: LaunchedPlugin, connection: Connection, client: Client): PluginRun;
  /** A method that is called once answered with an error; throws it, or the plugin is Running all the same. */
  onOnceFailed(error: HostError): void;
  onChange(change: StateChange): void;
}
