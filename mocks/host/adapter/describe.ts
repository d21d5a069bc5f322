import { toJson } from '../../../harness/value/index.js';
import type { PluginInfo } from '../state.js';
import type { AdapterPlugin } from './protocol.js';

/** A plugin as the driver is told of it. */
export function describePlugin({ id, state, reason, pid, file, manifest }: PluginInfo): AdapterPlugin {
  return {
    id,
    state,
    ...(reason && { reason: { kind: reason.kind, text: reason.text } }),
    ...(pid !== undefined && { pid }),
    file,
    ...(manifest !== undefined && { manifest: toJson(manifest) }),
  };
}
