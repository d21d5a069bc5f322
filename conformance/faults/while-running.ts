import type { RelayRun } from '../../harness/relay/index.js';
import type { JsonValue } from '../../harness/value/index.js';
import { judge, startsAgain } from './aftermath.js';
import type { FaultCell } from './cells.js';
import { answer, Deviation } from './deviation.js';
import type { Expectation } from './expectation.js';
import type { SeenPlugin } from './host-control.js';
import { inflict } from './inflict.js';
import { PROMPT_MS, type Scene } from './scene.js';

/** A fault that happens to a plugin that is Running. @throws Deviation */
export async function whileRunning(scene: Scene, cell: FaultCell, expected: Expectation): Promise<void> {
  const { phase, fault } = cell;
  const { host, budgets, call } = scene.stage;
  scene.relay.plan({ network: fault.network ?? 'unix', ...(phase.hold ? { hold: phase.hold } : {}) });
  const plugin = await scene.loaded(scene.load());
  const run = await scene.launched();
  const reply = await scene.works(plugin.id);
  if (phase.name === 'quitting') return whileQuitting(scene, cell, plugin, run);
  if (phase.name === 'other-starting') {
    const { relay, folder } = await scene.another();
    relay.plan({ hold: 'handshake' });
    const loading = scene.load(folder);
    const starting = await relay.nextRun(scene.loadMs);
    await starting.held(scene.loadMs);
    await inflict(scene, cell, run);
    await starting.release();
    const other = await scene.loaded(loading);
    scene.timeline.mark('the other plugin is Running');
    await scene.works(other.id);
    await judge(scene, plugin, run, expected, [], reply);
    await answer('unload', host.unload(other.id), budgets.stopMs);
    return;
  }
  const pending: Promise<JsonValue>[] = [];
  if (phase.calls !== undefined) {
    await run.holdReplies();
    for (let n = 0; n < phase.calls; n++) pending.push(scene.call(plugin.id));
    await run.requests(call.method, phase.calls, PROMPT_MS + budgets.timeoutMs);
    scene.timeline.mark(`${phase.calls === 1 ? 'a call waits' : `${phase.calls} calls wait`} for the reply`);
  }
  await inflict(scene, cell, run);
  if (fault.effect === 'none') await run.release();
  await judge(scene, plugin, run, expected, pending, reply);
}

/** The host wants it to end anyway: it is Stopped, in bounded time, whatever it does. */
async function whileQuitting(
  scene: Scene,
  cell: FaultCell,
  plugin: SeenPlugin,
  run: RelayRun,
): Promise<void> {
  const { host, budgets } = scene.stage;
  const stopping = host.stop(plugin.id);
  stopping.catch(() => {});
  await run.held(PROMPT_MS);
  await inflict(scene, cell, run);
  if (cell.fault.effect === 'none') await run.release();
  const stopped = await answer('stop', stopping, budgets.stopMs);
  scene.timeline.mark(`${plugin.id} is ${stopped.state}`);
  if (stopped.state !== 'Stopped')
    throw new Deviation('A plugin that was stopped is not Stopped.', 'Stopped', stopped.state);
  await scene.gone(run, 'It is Stopped');
  await startsAgain(scene, plugin, run);
}
