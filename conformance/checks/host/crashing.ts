import { setTimeout as delay } from 'node:timers/promises';
import { Deviation, settled, show, type Scene, type SeenPlugin, type Stage } from '../../faults/index.js';
import type { RelayRun } from '../../../harness/relay/index.js';
import { CALLS } from './calling.js';
import { OUTLIVES_CALL } from './enduring.js';
import { stagedCheck, toldCheck } from './host-check.js';
import { load, running } from './loading.js';

const OUTLIVES = 'host/outlives-plugin';
const MARKS_EXIT = 'host/marks-exit';

async function loadedOne(scene: Scene): Promise<{ plugin: SeenPlugin; run: RelayRun }> {
  const plugin = await scene.loaded(scene.load());
  return { plugin, run: await scene.launched() };
}

/** Crashed for that reason, in time. @throws Deviation */
async function marked(
  scene: Scene,
  { budgets }: Stage,
  { id }: SeenPlugin,
  kind: 'exit' | 'connection' | 'hang',
): Promise<void> {
  const ms = kind === 'hang' ? budgets.hangMs + budgets.noticeMs : budgets.noticeMs;
  const { reason } = await scene.becomes(id, 'Crashed', ms);
  scene.timeline.mark(`Crashed: ${reason?.text ?? 'no reason'}`);
  if (reason?.kind !== kind)
    throw new Deviation(
      'It is Crashed for another reason.',
      `the reason ${kind}`,
      reason ? `${reason.kind}: ${reason.text}` : 'no reason',
    );
}

const outlivesPlugin = stagedCheck(
  {
    id: OUTLIVES,
    title: 'The host lives on when a plugin dies in the middle of a call',
    level: 'must',
    needs: [CALLS, OUTLIVES_CALL],
    reference: 'the seed: its client panics on any transport error',
    why: 'Plugins are processes of their own so that their deaths stay theirs.',
    fix: 'Return the error of client.Call; never panic on it.',
  },
  async (scene, { host, call, budgets }) => {
    const { plugin, run } = await loadedOne(scene);
    await run.holdReplies();
    const waiting = scene.call(plugin.id);
    await run.requests(call.method, 1, budgets.timeoutMs);
    await run.fault({ kind: 'signal', signal: 'SIGKILL' });
    scene.timeline.mark('SIGKILL while a call waits for its reply');
    await settled(waiting, budgets.noticeMs);
    if ((await settled(host.list(), budgets.timeoutMs)).kind !== 'value' || !host.alive)
      throw new Deviation('The host dies with its plugin.', 'it lives on', 'it is gone');
  },
);

const endsCalls = stagedCheck(
  {
    id: 'host/ends-calls',
    title: 'A call in flight ends with an error when its plugin dies',
    level: 'must',
    needs: [CALLS, OUTLIVES],
    reference: 'net/rpc client.go, input: ErrShutdown for every call that waits',
    why: 'Whoever called waits for ever; a made-up reply is worse.',
    fix: 'Fail every call of a connection when it ends.',
  },
  async (scene, { call, budgets }) => {
    const { plugin, run } = await loadedOne(scene);
    await run.holdReplies();
    const waiting = scene.call(plugin.id);
    await run.requests(call.method, 1, budgets.timeoutMs);
    await run.fault({ kind: 'signal', signal: 'SIGKILL' });
    scene.timeline.mark('SIGKILL while a call waits for its reply');
    // As soon as the connection is gone there is nothing left to wait for.
    const outcome = await settled(waiting, Math.max(budgets.noticeMs, budgets.timeoutMs / 2));
    if (outcome.kind === 'late')
      throw new Deviation(
        'A call whose plugin is dead never comes back.',
        'an error at once',
        'nothing',
        true,
      );
    if (outcome.kind === 'value')
      throw new Deviation('A reply was made up.', 'an error', show(outcome.value));
  },
);

const marksExit = stagedCheck(
  {
    id: MARKS_EXIT,
    title: 'A plugin whose process has ended is Crashed within a second, and says so as its reason',
    level: 'must',
    needs: [CALLS, 'host/ends-calls'],
    reference: 'the seed’s markCrashedPlugins',
    why: 'Users see a plugin that is Running and does nothing.',
    fix: 'Watch the process; mark the plugin when it ends, whoever ended it.',
  },
  async (scene, stage) => {
    const { plugin, run } = await loadedOne(scene);
    await run.fault({ kind: 'signal', signal: 'SIGKILL' });
    scene.timeline.mark('SIGKILL');
    await marked(scene, stage, plugin, 'exit');
  },
);

const tellsChanges = toldCheck(
  {
    id: 'host/tells-changes',
    title: 'The host tells of a change of state when it happens',
    level: 'should',
    needs: [MARKS_EXIT],
    reference: 'mocks/host/adapter/adapter.schema.json: the notification state',
    why: 'Whoever has to ask learns of a crash when it is too late.',
    fix: 'Send the notification state with every change.',
  },
  async (home) => {
    const { host, plugins, subject } = home;
    await plugins.put('plugins', 'one');
    const { pid } = running((await load(home, 'plugins')).plugins, 'one');
    if (pid === undefined) throw new Deviation('The process of a plugin is not known.', 'its pid', 'none');
    process.kill(pid, 'SIGKILL');
    const { noticeMs } = subject.budgets;
    for (const start = performance.now(); performance.now() - start < noticeMs; await delay(20))
      if (host.changes.some(({ plugin }) => plugin.id === 'one' && plugin.state === 'Crashed')) return;
    throw new Deviation(
      'Nobody is told of a crash.',
      `a state notification within ${noticeMs} ms`,
      host.changes.map(({ plugin, from }) => `${plugin.id}: ${from} to ${plugin.state}`).join(', ') || 'none',
      true,
    );
  },
);

const crashKeepsManifest = stagedCheck(
  {
    id: 'host/keeps-manifest-of-the-crashed',
    title: 'The manifest of a plugin that has crashed can still be read',
    level: 'must',
    needs: [MARKS_EXIT, 'host/keeps-manifest'],
    reference: 'the seed: “We’ll cache the manifest, so we can get it if it crashes.”',
    why: 'Nobody can say what it was that crashed.',
    fix: 'Keep the manifest apart from the process.',
  },
  async (scene, stage) => {
    const { plugin, run } = await loadedOne(scene);
    await run.fault({ kind: 'signal', signal: 'SIGKILL' });
    await marked(scene, stage, plugin, 'exit');
    const after = await scene.seen(plugin.id);
    if (show(after?.manifest) !== show(plugin.manifest))
      throw new Deviation('The manifest is gone.', show(plugin.manifest), show(after?.manifest));
  },
);

const startsAgain = stagedCheck(
  {
    id: 'host/starts-again',
    title: 'A plugin that has crashed is started again with a new process that works',
    level: 'must',
    needs: [MARKS_EXIT],
    reference: 'hashicorp/go-plugin#305: Start gives the old address after death',
    why: 'The only way back is a restart of the host.',
    fix: 'Make a new client for every start.',
  },
  async (scene, stage) => {
    const { plugin, run } = await loadedOne(scene);
    await run.fault({ kind: 'signal', signal: 'SIGKILL' });
    await marked(scene, stage, plugin, 'exit');
    const again = await stage.host.start(plugin.id);
    const next = await settled(scene.launched(), stage.budgets.timeoutMs);
    if (again.state !== 'Running' || next.kind !== 'value')
      throw new Deviation(
        'It does not come back.',
        'Running with a new process',
        next.kind === 'value' ? again.state : `${again.state}, without a new process`,
      );
    await scene.works(again.id);
  },
);

const marksLostConnection = stagedCheck(
  {
    id: 'host/marks-lost-connection',
    title: 'A plugin whose connection is dead is Crashed within a second, although its process lives',
    level: 'must',
    needs: [MARKS_EXIT],
    reference: 'go-plugin’s Exited() sees the process alone',
    why: 'It is Running for ever, and every call fails.',
    fix: 'Watch the connection as well; end the process when it is gone.',
  },
  async (scene, stage) => {
    const { plugin, run } = await loadedOne(scene);
    await run.fault({ kind: 'close' });
    scene.timeline.mark('the connection is closed');
    await marked(scene, stage, plugin, 'connection');
    await scene.gone(run, 'It is Crashed');
  },
);

const marksHang = stagedCheck(
  {
    id: 'host/marks-hang',
    title: 'A plugin that hangs is Crashed in the time in which the host pings, and ended',
    level: 'must',
    needs: [MARKS_EXIT, 'host/marks-lost-connection'],
    reference: 'go-plugin’s Exited() sees the process alone; Ping is never called by itself',
    why: 'It is Running for ever, and every call hangs.',
    fix: 'Ping every plugin; end what does not answer. Say how long that takes with --hang-time.',
  },
  async (scene, stage) => {
    const { plugin, run } = await loadedOne(scene);
    await run.fault({ kind: 'signal', signal: 'SIGSTOP' });
    scene.timeline.mark('SIGSTOP');
    await marked(scene, stage, plugin, 'hang');
    await scene.gone(run, 'It is Crashed');
  },
);

export const CRASHING_CHECKS = [
  outlivesPlugin,
  endsCalls,
  marksExit,
  tellsChanges,
  crashKeepsManifest,
  startsAgain,
  marksLostConnection,
  marksHang,
];
