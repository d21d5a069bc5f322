import { answer, Deviation, settled, show } from '../../faults/index.js';
import { stagedCheck, toldCheck } from './host-check.js';
import { load, RUNNING, running } from './loading.js';
import { eventsOf } from './observed.js';

export const CALLS = 'host/calls';

/** An id that no plugin has. */
const NOBODY = 'nobody-has-this-id';

const calls = stagedCheck(
  {
    id: CALLS,
    title: 'A call reaches the plugin, and its reply comes back',
    level: 'must',
    needs: [RUNNING],
    reference: 'net/rpc client.go, Call',
    why: 'It is what a plugin is for.',
    fix: 'Hand the arguments on as they are, and the reply as it comes.',
  },
  async (scene) => {
    const plugin = await scene.loaded(scene.load());
    const reply = await scene.works(plugin.id);
    if (reply === null || typeof reply !== 'object')
      throw new Deviation('The reply is not there.', 'the whole reply', show(reply));
    await scene.works(plugin.id, reply);
  },
);

const callsThatOne = toldCheck(
  {
    id: 'host/calls-that-one',
    title: 'A call goes to the plugin that it names, however many are loaded after it',
    level: 'must',
    needs: [CALLS],
    reference: 'a pointer handed out to an element that moves',
    why: 'The wrong plugin acts.',
    fix: 'Keep plugins by reference under their ids, and look them up for each call.',
  },
  async (home) => {
    const { host, plugins, subject } = home;
    const names = ['first', 'second', 'third'];
    const paths = new Map<string, string>();
    for (const name of names) {
      paths.set(name, await plugins.put(name, name));
      running((await load(home, name)).plugins, name);
    }
    const { method, args } = subject.call ?? { method: '', args: null };
    const counts = async (): Promise<Record<string, number>> =>
      Object.fromEntries(
        await Promise.all(
          names.map(async (name) => [
            name,
            eventsOf(await plugins.runs(paths.get(name) ?? ''), 'call').length,
          ]),
        ),
      );
    for (const name of names) {
      const before = await counts();
      await answer(`${method} of ${name}`, host.call(name, method, args), subject.budgets.timeoutMs);
      const after = await counts();
      const called = names.filter((each) => after[each] !== before[each]);
      if (called.join() !== name)
        throw new Deviation(
          'The call went to another plugin.',
          `${name} is called`,
          called.join(', ') || 'none',
        );
    }
  },
);

const unknownMethod = stagedCheck(
  {
    id: 'host/survives-unknown-method',
    title: 'A method that the plugin does not have is an error, and calls go on',
    level: 'should',
    needs: [CALLS],
    reference:
      'net/rpc server.go: "rpc: can\'t find method"; a stock plugin is silent when the argument is nil',
    why: 'Plugins of an older version lack methods.',
    fix: 'Return the error; bound the wait for a reply.',
  },
  async (scene, { host, budgets }) => {
    const plugin = await scene.loaded(scene.load());
    const call = host.call(plugin.id, 'NoSuchMethod', {});
    const outcome = await settled(call, budgets.timeoutMs + budgets.stopMs);
    if (outcome.kind === 'late')
      throw new Deviation(
        'A call of a method that is not there never comes back.',
        'an error',
        'nothing',
        true,
      );
    if (outcome.kind === 'value')
      throw new Deviation('A reply was made up.', 'an error', show(outcome.value));
    await scene.works(plugin.id);
  },
);

const unknownId = toldCheck(
  {
    id: 'host/refuses-unknown-id',
    title: 'Whatever is asked of an id that no plugin has is an error, and nothing is held up by it',
    level: 'must',
    needs: [CALLS],
    reference: 'an unknown id leaves a lock held',
    why: 'One slip of a caller, and no plugin can be reached any more.',
    fix: 'Return an error; release the lock on every way out (defer).',
  },
  async (home) => {
    const { host, plugins, subject } = home;
    const { timeoutMs } = subject.budgets;
    const { method, args } = subject.call ?? { method: '', args: null };
    await plugins.put('plugins', 'one');
    running((await load(home, 'plugins')).plugins, 'one');
    const asked: [string, () => Promise<unknown>][] = [
      ['call', () => host.call(NOBODY, method, args)],
      ['start', () => host.start(NOBODY)],
      ['stop', () => host.stop(NOBODY)],
      ['reload', () => host.reload(NOBODY)],
      ['unload', () => host.unload(NOBODY)],
    ];
    for (const [what, ask] of asked) {
      const outcome = await settled(ask(), timeoutMs);
      if (outcome.kind === 'late')
        throw new Deviation(`${what} of an unknown id never comes back.`, 'an error', 'nothing', true);
      if (outcome.kind === 'value')
        throw new Deviation(`${what} of an unknown id succeeds.`, 'an error', show(outcome.value as null));
      running(await answer('list', host.list(), timeoutMs), 'one');
      await answer(`${method} of one`, host.call('one', method, args), timeoutMs);
    }
  },
);

const slowPluginAlone = stagedCheck(
  {
    id: 'host/slow-plugin-alone',
    title: 'While one plugin takes its time, others are called, and the list is read',
    level: 'must',
    needs: [CALLS, 'host/calls-that-one'],
    reference: 'a slow plugin holding the lock that all others need',
    why: 'One slow plugin, and the whole host stands still.',
    fix: 'Hold no lock across a call to a plugin; lock each plugin for itself.',
  },
  async (scene, { host, witness, call, budgets }) => {
    const plugin = await scene.loaded(scene.load());
    const run = await scene.launched();
    await run.holdReplies();
    const waiting = scene.call(plugin.id);
    await run.requests(call.method, 1, budgets.timeoutMs);
    scene.timeline.mark('a call waits for its reply');
    // Well before that call, or that plugin, may be given up.
    const patience = Math.min(budgets.timeoutMs, budgets.hangMs) / 2;
    await answer('list', host.list(), patience);
    await answer(`${call.method} of another plugin`, scene.call(witness.id), patience);
    await run.release();
    await answer(`${call.method} of the slow plugin`, waiting, budgets.timeoutMs);
  },
);

const unloadsThatOne = toldCheck(
  {
    id: 'host/unloads-that-one',
    title: 'Told to unload a plugin, the host ends that one and forgets it, and leaves the others running',
    level: 'must',
    needs: [CALLS],
    reference: 'unload acts on the wrong plugin',
    why: 'What should go stays, and what should stay goes.',
    fix: 'Look the plugin up by its id.',
  },
  async (home) => {
    const { host, plugins, subject } = home;
    const names = ['first', 'second', 'third'];
    for (const name of names) await plugins.put('plugins', name);
    const loaded = (await load(home, 'plugins')).plugins;
    const before = names.map((name) => running(loaded, name));
    await host.unload('second');
    const after = await host.list();
    if (after.some(({ id }) => id === 'second'))
      throw new Deviation('An unloaded plugin is still in the list.', 'it is forgotten', 'it is there');
    const { method, args } = subject.call ?? { method: '', args: null };
    for (const name of ['first', 'third']) {
      const plugin = running(after, name);
      if (plugin.pid !== before.find(({ id }) => id === name)?.pid)
        throw new Deviation(`${name} was touched.`, 'the process that it had', `process ${plugin.pid}`);
      await answer(`${method} of ${name}`, host.call(name, method, args), subject.budgets.timeoutMs);
    }
  },
);

const stopEnds = stagedCheck(
  {
    id: 'host/stop-ends-process',
    title: 'A plugin that is Stopped has no process any more, and can be started again',
    level: 'must',
    needs: [CALLS],
    reference: 'go-plugin client.go, Kill',
    why: 'The next start finds ports and files taken.',
    fix: 'Say Stopped when the process has ended, and not before.',
  },
  async (scene, { host }) => {
    const plugin = await scene.loaded(scene.load());
    const run = await scene.launched();
    const { state } = await host.stop(plugin.id);
    if (state !== 'Stopped')
      throw new Deviation('A plugin that was stopped is not Stopped.', 'Stopped', state);
    await scene.gone(run, 'It is Stopped');
    const again = await host.start(plugin.id);
    if (again.state !== 'Running') throw new Deviation('It cannot be started again.', 'Running', again.state);
    const next = await settled(scene.launched(), 1_000);
    if (next.kind !== 'value')
      throw new Deviation('It is Running without a new process.', 'a new process', 'none was started');
    await scene.works(again.id);
  },
);

const reloads = stagedCheck(
  {
    id: 'host/reloads',
    title: 'A plugin that is reloaded has a new process, and works',
    level: 'should',
    needs: [CALLS, 'host/stop-ends-process'],
    reference: 'the seed: “When a plugin is loaded, it cannot be unloaded/reloaded.”',
    why: 'A new version of a plugin needs a restart of the host.',
    fix: 'Stop it and start it.',
  },
  async (scene, { host }) => {
    const plugin = await scene.loaded(scene.load());
    const run = await scene.launched();
    const { state } = await host.reload(plugin.id);
    if (state !== 'Running') throw new Deviation('A reloaded plugin is not Running.', 'Running', state);
    await scene.gone(run, 'It is reloaded');
    await scene.works(plugin.id);
  },
);

export const CALLING_CHECKS = [
  calls,
  callsThatOne,
  unknownMethod,
  unknownId,
  slowPluginAlone,
  unloadsThatOne,
  stopEnds,
  reloads,
];
