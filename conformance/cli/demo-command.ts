import { DEMO_PLUGIN } from '../../mocks/plugins/index.js';
import { runCommand } from './run-command.js';
import type { RunFlags } from './run-flags.js';

/** `iglu-conformance demo`: the main job on the bundled plugin, with nothing but Node. */
export async function demoCommand(flags: RunFlags): Promise<number> {
  return runCommand([], [process.execPath, DEMO_PLUGIN], flags);
}
