import { DEMO_PLUGIN } from '../../mocks/plugins/index.js';
import type { RunFlags } from './run-options.js';

/** `iglu-conformance demo`: the main job on the bundled plugin, with nothing but Node. */
export async function demoCommand(flags: RunFlags): Promise<number> {
  const { runCommand } = await import('./run-command.js');
  return runCommand([], [process.execPath, DEMO_PLUGIN], flags);
}
