import { setTimeout as delay } from 'node:timers/promises';
import type { RelayRun } from '../../harness/relay/index.js';
import type { JsonValue } from '../../harness/value/index.js';
import { answer, Deviation, sameJson, settled, show } from './deviation.js';
import type { Expectation } from './expectation.js';
import type { SeenPlugin } from './host-control.js';
import { PROMPT_MS, type Scene } from './scene.js';

/** How long a host has to leave alone what needs nothing, in ms. */
const QUIET_MS = 200;

/** What has to hold once a fault has happened to a plugin that was Running. @throws Deviation */
export async function judge(
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

/** @throws Deviation unless a start gives a new process that works */
export async function startsAgain(scene: Scene, plugin: SeenPlugin, run: RelayRun): Promise<void> {
  scene.relay.plan({});
  const again = await answer('start', scene.stage.host.start(plugin.id), scene.loadMs, true);
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

/** Unloads a plugin, of which nothing may stay. @throws Deviation */
export async function leave(scene: Scene, plugin: SeenPlugin, run: RelayRun): Promise<void> {
  await answer('unload', scene.stage.host.unload(plugin.id), scene.stage.budgets.stopMs);
  await scene.gone(run, 'It is unloaded');
}

/** @throws Deviation when the plugin beside it is not as it was */
export async function othersUndisturbed(scene: Scene): Promise<void> {
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

/** @throws Deviation when there are files that were not there before */
export async function nothingLeft(scene: Scene, before: readonly string[]): Promise<void> {
  const { host, budgets } = scene.stage;
  for (const start = performance.now(); ; await delay(QUIET_MS)) {
    const left = (await host.tempFiles()).filter((file) => !before.includes(file));
    if (left.length === 0) return;
    if (performance.now() - start > budgets.stopMs)
      throw new Deviation('Files are left in the temp folder.', 'nothing is left', left.join(', '));
  }
}
