import type { BehaviourName } from '../../mocks/plugins/index.js';
import type { AdapterHost } from './adapter-host.js';
import type { PluginFolder } from './plugin-folder.js';

/** What is asked of an observation. */
export interface Observed {
  readonly behaviour: BehaviourName;
  /** SIGTERM to the host when it has called the plugin. */
  readonly terminate?: boolean;
}

/** A host of its own, and a folder of plugins for it. */
export interface HostAtHome {
  readonly host: AdapterHost;
  readonly plugins: PluginFolder;
}
