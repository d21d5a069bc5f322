import { answer, Deviation } from './deviation.js';
import { leave } from './aftermath.js';
import type { FaultCell } from './cells.js';
import type { Expectation } from './expectation.js';
import { inflict } from './inflict.js';
import type { Scene } from './scene.js';

/** A fault before the plugin is Running: `load` has to tell. @throws Deviation */
export async function whileStarting(scene: Scene, cell: FaultCell, expected: Expectation): Promise<void> {
  const { phase, fault } = cell;
  scene.relay.plan({ network: fault.network ?? 'unix', ...(phase.hold ? { hold: phase.hold } : {}) });
  const loading = scene.load();
  const run = await scene.launched();
  await run.held(scene.loadMs);
  await inflict(scene, cell, run);
  if (fault.effect === 'none') await run.release();
  const result = await answer('load', loading, scene.loadMs);
  const plugin = result.plugins.find(({ id }) => id !== scene.stage.witness.id);
  scene.timeline.mark(plugin ? `${plugin.id} is ${plugin.state}` : 'load has told what is wrong');
  if (plugin?.state === 'Running' && expected.load !== 'fails') {
    await scene.works(plugin.id);
    return leave(scene, plugin, run);
  }
  if (plugin?.state === 'Running')
    throw new Deviation('The plugin is Running.', 'load says that it failed', 'Running');
  const why = result.problems.map(({ message }) => message).join('; ');
  if (expected.load === 'works')
    throw new Deviation('The plugin was given up.', 'it is loaded', why || 'no plugin');
  if (result.problems.length === 0)
    throw new Deviation('Nobody says that it failed.', 'a problem is told', 'none');
  await scene.gone(run, 'It was given up');
  scene.relay.plan({});
  const again = await scene.loaded(plugin ? restarted(scene, plugin.id) : scene.load());
  const next = await scene.launched();
  scene.timeline.mark(`a new process, ${next.pid}`);
  await scene.works(again.id);
  await leave(scene, again, next);
}

/** A host may keep what failed in its list, to be started from there. */
async function restarted(scene: Scene, id: string): ReturnType<Scene['load']> {
  return { plugins: [await scene.stage.host.start(id)], problems: [] };
}
