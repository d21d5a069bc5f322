import { setTimeout as delay } from 'node:timers/promises';
import type { RelayRun } from '../../harness/relay/index.js';
import type { JsonValue } from '../../harness/value/index.js';
import type { FaultCell } from './cells.js';
import { answer, Deviation, sameJson, settled, show } from './deviation.js';
import type { Expectation } from './expectation.js';
import type { SeenPlugin } from './host-control.js';
import { isBeforeRunning, type PhaseName } from './phases.js';
import { PROMPT_MS, Scene } from './scene.js';
import type { Stage } from './stage.js';

/** How a cell went. */
export type CellOutcome =
  | { readonly kind: 'as expected'; readonly timeline: readonly string[] }
  | { readonly kind: 'impossible'; readonly because: string }
  | { readonly kind: 'wrong'; readonly deviation: Deviation; readonly timeline: readonly string[] };

/** How long a host has to leave alone what needs nothing, in ms. */
const QUIET_MS = 200;

/**
 * Puts one fault on a plugin at one moment, and compares what its host makes of it with the oracle.
 *
 * @throws RelayError when the moment could not be reached, HarnessError when the host's answers cannot be read
 */
export async function runCell(stage: Stage, cell: FaultCell): Promise<CellOutcome> {
  if ('impossible' in cell.expected) return { kind: 'impossible', because: cell.expected.impossible };
  const scene = await Scene.open(stage);
  try {
    const files = await stage.host.tempFiles();
    const before = isBeforeRunning(cell.phase.name as PhaseName);
    await (before ? whileStarting(scene, cell, cell.expected) : whileRunning(scene, cell, cell.expected));
    await othersUndisturbed(scene);
    await nothingLeft(scene, files);
    return { kind: 'as expected', timeline: scene.timeline.lines };
  } catch (error) {
    if (!(error instanceof Deviation)) throw error;
    const found = stage.host.alive
      ? error
      : new Deviation('The host is gone.', 'the host lives on', error.actual);
    return { kind: 'wrong', deviation: found, timeline: scene.timeline.lines };
  } finally {
    await scene.close();
  }
}

async function whileStarting(scene: Scene, cell: FaultCell, expected: Expectation): Promise<void> {
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

async function whileRunning(scene: Scene, cell: FaultCell, expected: Expectation): Promise<void> {
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

async function inflict(scene: Scene, { fault, phase }: FaultCell, run: RelayRun): Promise<void> {
  scene.timeline.mark(`${fault.title}, while ${phase.title}`);
  // Silence before there is a connection is what the hold is already.
  if (fault.name === 'silence' && isBeforeRunning(phase.name as PhaseName) && phase.name !== 'dispensing')
    return;
  await fault.inflict(run);
}

async function judge(
  scene: Scene,
  plugin: SeenPlugin,
  run: RelayRun,
  expected: Expectation,
  pending: readonly Promise<JsonValue>[],
  reply: JsonValue,
): Promise<void> {
  const { host, budgets } = scene.stage;
  if (expected.state === 'Crashed') await crashed(scene, plugin, expected);
  await callsCameBack(scene, pending, expected, reply);
  if (expected.state === 'Running') {
    await delay(QUIET_MS);
    const now = await scene.seen(plugin.id);
    if (now?.state !== 'Running')
      throw new Deviation(
        'The plugin is given up for nothing.',
        'Running',
        now ? `${now.state}: ${now.reason?.text ?? 'without a reason'}` : 'not in the list',
      );
    await scene.works(plugin.id, reply);
    return leave(scene, plugin, run);
  }
  if (expected.state === 'Crashed') await scene.gone(run, 'It is Crashed');
  else await answer('stop', host.stop(plugin.id), budgets.stopMs);
  await startsAgain(scene, plugin, run);
}

async function crashed(scene: Scene, plugin: SeenPlugin, expected: Expectation): Promise<void> {
  const { hangMs, noticeMs } = scene.stage.budgets;
  const noticed = await scene.becomes(
    plugin.id,
    'Crashed',
    expected.reason === 'hang' ? hangMs + noticeMs : noticeMs,
  );
  scene.timeline.mark(`Crashed: ${noticed.reason?.text ?? 'no reason'}`);
  if (noticed.reason?.kind !== expected.reason) {
    throw new Deviation(
      'The plugin is Crashed for another reason.',
      `the reason ${expected.reason}`,
      noticed.reason ? `${noticed.reason.kind}: ${noticed.reason.text}` : 'no reason',
    );
  }
  if (show(noticed.manifest) !== show(plugin.manifest))
    throw new Deviation(
      'The manifest cannot be read any more.',
      show(plugin.manifest),
      show(noticed.manifest),
    );
  const late = await settled(scene.call(plugin.id), PROMPT_MS);
  if (late.kind !== 'error') {
    const got = late.kind === 'late' ? 'nothing' : show(late.value);
    throw new Deviation('A plugin that is Crashed can be called.', 'an error at once', got);
  }
}

async function callsCameBack(
  scene: Scene,
  pending: readonly Promise<JsonValue>[],
  expected: Expectation,
  reply: JsonValue,
): Promise<void> {
  if (pending.length === 0) return;
  const fates = await scene.fates(pending, scene.stage.budgets.timeoutMs + PROMPT_MS);
  const late = fates.filter(({ kind }) => kind === 'late').length;
  if (late > 0)
    throw new Deviation(
      'A call that waited never comes back.',
      'every call ends',
      `${late} of ${pending.length} still wait`,
      true,
    );
  for (const fate of fates) {
    const wrong =
      expected.calls === 'fail'
        ? fate.kind === 'value'
        : fate.kind !== 'value' || !sameJson(fate.value, reply);
    if (!wrong) continue;
    throw new Deviation(
      expected.calls === 'fail' ? 'A reply was made up.' : 'A call did not get its answer.',
      expected.calls === 'fail' ? 'an error' : show(reply),
      fate.kind === 'value' ? show(fate.value) : fate.kind === 'error' ? fate.error.message : 'nothing',
    );
  }
  scene.timeline.mark(`${pending.length === 1 ? 'the call' : 'every call'} came back`);
}

async function startsAgain(scene: Scene, plugin: SeenPlugin, run: RelayRun): Promise<void> {
  scene.relay.plan({});
  const again = await answer('start', scene.stage.host.start(plugin.id), scene.loadMs);
  if (again.state !== 'Running')
    throw new Deviation('It does not come back.', 'Running after start', again.state);
  const next = await settled(scene.launched(), PROMPT_MS);
  if (next.kind !== 'value' || next.value.pid === run.pid)
    throw new Deviation(
      'It is Running without a new process.',
      'a new process',
      `Running as pid ${again.pid ?? 'unknown'}`,
    );
  scene.timeline.mark(`Running again, as process ${next.value.pid}`);
  await scene.works(again.id);
  await leave(scene, again, next.value);
}

async function leave(scene: Scene, plugin: SeenPlugin, run: RelayRun): Promise<void> {
  await answer('unload', scene.stage.host.unload(plugin.id), scene.stage.budgets.stopMs);
  await scene.gone(run, 'It is unloaded');
}

async function othersUndisturbed(scene: Scene): Promise<void> {
  const { id, pid } = scene.stage.witness;
  const now = await scene.seen(id);
  if (now?.state !== 'Running' || now.pid !== pid)
    throw new Deviation(
      'Another plugin was disturbed.',
      `${id} is Running as process ${pid ?? 'before'}`,
      now ? `${now.state}, process ${now.pid ?? 'unknown'}` : 'not in the list',
    );
  await scene.works(id);
}

async function nothingLeft(scene: Scene, before: readonly string[]): Promise<void> {
  const { host, budgets } = scene.stage;
  for (const start = performance.now(); ; await delay(QUIET_MS)) {
    const left = (await host.tempFiles()).filter((file) => !before.includes(file));
    if (left.length === 0) return;
    if (performance.now() - start > budgets.stopMs)
      throw new Deviation('Files are left in the temp folder.', 'nothing is left', left.join(', '));
  }
}
