import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { answer, Deviation, show, type Loaded, type SeenPlugin } from '../../faults/index.js';
import type { HostAtHome, HostSubject } from '../../hosts/index.js';
import { inconclusive, notApplicable } from '../outcomes.js';
import { SPEAKS } from './adapter.js';
import { toldCheck } from './host-check.js';
import { OUTLIVES_BAD_START, OUTLIVES_CALL } from './enduring.js';
import { DISPENSES } from './launching.js';

const LOADS = 'host/loads-folder';
export const RUNNING = 'host/says-running';
const BESIDE_BAD = 'host/loads-beside-bad-ones';

type Home = HostAtHome & { readonly subject: HostSubject };

/** Loads a folder of plugins, in bounded time. */
export function load({ host, plugins, subject }: Home, folder: string): Promise<Loaded> {
  const { startTimeoutMs, timeoutMs, stopMs } = subject.budgets;
  return answer('load', host.load(plugins.folder(folder)), startTimeoutMs + 3 * timeoutMs + stopMs);
}

/** A plugin that the host has, in whatever state it says that it is. @throws Deviation */
function there(plugins: readonly SeenPlugin[], id: string): SeenPlugin {
  const plugin = plugins.find((each) => each.id === id);
  if (plugin) return plugin;
  throw new Deviation(
    `The good plugin ${id} is not loaded.`,
    `${id} is loaded`,
    `there are ${plugins.map((each) => each.id).join(', ') || 'none'}`,
  );
}

/** A plugin that the host has loaded under that id, and that it says is Running. @throws Deviation */
export function running(plugins: readonly SeenPlugin[], id: string): SeenPlugin {
  const plugin = plugins.find((each) => each.id === id);
  if (plugin?.state === 'Running') return plugin;
  throw new Deviation(
    `The good plugin ${id} is not Running.`,
    `${id} is Running`,
    plugin ? `${id} is ${plugin.state}` : `there are ${plugins.map((each) => each.id).join(', ') || 'none'}`,
  );
}

const loadsFolder = toldCheck(
  {
    id: LOADS,
    title: 'Told to load a folder, the host has every plugin in it, by the id in its manifest',
    level: 'must',
    needs: [SPEAKS, DISPENSES],
    reference: 'the seed’s LoadPlugins',
    why: 'A plugin that is not loaded does nothing.',
    fix: 'Start every executable file of the folder; keep each under the Id of its manifest.',
  },
  async (home) => {
    for (const name of ['one', 'two']) await home.plugins.put('plugins', name);
    const { plugins, problems } = await load(home, 'plugins');
    const ids = plugins.map(({ id }) => id).toSorted();
    if (ids.join() !== 'one,two')
      throw new Deviation(
        'Not every plugin of the folder is there.',
        'one, two',
        `${ids.join(', ') || 'none'}; ${problems.map(({ message }) => message).join('; ')}`,
      );
  },
);

const saysRunning = toldCheck(
  {
    id: RUNNING,
    title: 'A plugin that the host has loaded is Running',
    level: 'must',
    needs: [LOADS],
    reference: 'the seed’s loadPlugin never sets State: it stays Stopped, and no crash is ever marked',
    why: 'Crashes are looked for among what is Running.',
    fix: 'Set the state when the plugin is dispensed.',
  },
  async (home) => {
    await home.plugins.put('plugins', 'one');
    const loaded = await load(home, 'plugins');
    running(loaded.plugins, 'one');
    running(await home.host.list(), 'one');
  },
);

const badNeighbours = toldCheck(
  {
    id: BESIDE_BAD,
    title: 'Bad entries of a folder are told of, and the good plugin beside them is loaded',
    level: 'must',
    needs: [LOADS, OUTLIVES_BAD_START],
    reference: 'the seed: log.Fatal on one bad plugin in the folder',
    why: 'One plugin that cannot be run, and the host has none.',
    fix: 'Collect the errors of a folder, and go on with the next entry.',
  },
  async (home) => {
    const { plugins: folder } = home;
    await folder.put('plugins', 'a-exits', 'exits-before-handshake');
    await folder.put('plugins', 'b-babbles', 'garbage-handshake');
    await folder.put('plugins', 'good');
    await folder.put('plugins', 'x-newer', 'other-version');
    folder.write('plugins', 'y-not-executable', '#!/bin/sh\nexit 3\n');
    folder.write('plugins', 'z-no-program', 'neither a script nor a binary\n', 0o755);
    folder.folder(join('plugins', 'a-folder'));
    const { plugins, problems } = await load(home, 'plugins');
    there(plugins, 'good');
    const named = problems.map(({ file }) => file).join(' ');
    for (const bad of ['a-exits', 'b-babbles', 'x-newer', 'z-no-program']) {
      if (!named.includes(bad))
        throw new Deviation('A bad entry is not told of.', `a problem that names ${bad}`, named || 'none');
    }
  },
);

const silentNeighbour = toldCheck(
  {
    id: 'host/gives-up-silent-plugin',
    title: 'A plugin that never shakes hands is given up and ended, and the good one beside it is loaded',
    level: 'must',
    needs: [LOADS, BESIDE_BAD],
    reference: 'go-plugin client.go: StartTimeout, a minute; turbot/steampipe#2546',
    why: 'The host waits for ever, or the process stays.',
    fix: 'Bound the start; kill what was started.',
  },
  async (home) => {
    const silent = await home.plugins.put('plugins', 'a-silent', 'never-shakes-hands');
    await home.plugins.put('plugins', 'good');
    there((await load(home, 'plugins')).plugins, 'good');
    const [run] = await home.plugins.runs(silent);
    if (!run) return inconclusive('The plugin that never shakes hands was never run.');
    if (isAlive(run.pid))
      throw new Deviation('What never shook hands lives on.', 'its process is ended', `pid ${run.pid}`);
    return undefined;
  },
);

const runsOnlyPlugins = toldCheck(
  {
    id: 'host/runs-only-executables',
    title: 'A file of the folder that is not executable is not run, nor is what lies in a folder in it',
    level: 'must',
    needs: [LOADS, BESIDE_BAD],
    reference: 'every entry of the folder executed, README included',
    why: 'What lies beside plugins is run with the host’s rights.',
    fix: 'Run regular files with execute permission; hand none of them to a shell.',
  },
  async (home) => {
    const { plugins } = home;
    const mark = join(plugins.folder('marks'), 'ran');
    const script = `#!/bin/sh\necho "$0" >> '${mark}'\n`;
    plugins.write('plugins', 'README.md', script);
    plugins.write(join('plugins', 'folder'), 'inner', script, 0o755);
    await plugins.put('plugins', 'good');
    there((await load(home, 'plugins')).plugins, 'good');
    if (existsSync(mark))
      throw new Deviation(
        'A file that is no plugin was run.',
        'README.md and folder/inner are not run',
        'one of them was',
      );
  },
);

const failedOnce = toldCheck(
  {
    id: 'host/refuses-failed-load',
    title: 'A plugin whose first calls fail is not Running',
    level: 'must',
    needs: [RUNNING, BESIDE_BAD, OUTLIVES_CALL],
    reference: 'OnLoad failed and still Running',
    why: 'It is used as if it had been set up.',
    fix: 'Look at the error of the method that is called once; end the plugin, and say why.',
  },
  async (home) => {
    const methods = [...home.subject.options.contract.plugins.values()].flatMap((plugin) => [
      ...plugin.methods.values(),
    ]);
    if (!methods.some(({ once }) => once))
      return notApplicable('the contract has no method that is called once');
    const bad = await home.plugins.put('plugins', 'failing', 'once-fails');
    await home.plugins.put('plugins', 'good');
    const { plugins } = await load(home, 'plugins');
    running(plugins, 'good');
    const failing = plugins.find(({ id }) => id === 'failing');
    if (failing?.state === 'Running')
      throw new Deviation(
        'A plugin that could not be set up is Running.',
        'it is ended, and a problem says why',
        'Running',
      );
    const [run] = await home.plugins.runs(bad);
    if (!run) return inconclusive('The plugin whose first calls fail was never run.');
    if (isAlive(run.pid))
      throw new Deviation(
        'A plugin that could not be set up lives on.',
        'its process is ended',
        `pid ${run.pid}`,
      );
    return undefined;
  },
);

const oneIdOnce = toldCheck(
  {
    id: 'host/one-plugin-an-id',
    title: 'A second plugin with an id that is taken is refused and ended, and the first one stays',
    level: 'must',
    needs: [LOADS, BESIDE_BAD],
    reference: 'the seed: loadedPlugins[id] = plugin: the second replaces the first, whose process is leaked',
    why: 'A process that nobody knows of any more; and whoever comes last takes a name over.',
    fix: 'Look the id up before it is taken in; end the newcomer.',
  },
  async (home) => {
    const first = await home.plugins.put('first', 'first', 'good', 'same');
    const second = await home.plugins.put('second', 'second', 'good', 'same');
    const before = there((await load(home, 'first')).plugins, 'same');
    await load(home, 'second');
    const after = there(await home.host.list(), 'same');
    if (before.pid !== after.pid)
      throw new Deviation('The first plugin was replaced.', `process ${before.pid}`, `process ${after.pid}`);
    const [run] = await home.plugins.runs(second);
    if (!run) return inconclusive('The second plugin was never run.');
    if (!isAlive(run.pid)) return undefined;
    // A host that ends nothing at all is judged by host/stop-ends-process.
    await home.host.stop('same');
    const [kept] = await home.plugins.runs(first);
    if (kept && !isAlive(kept.pid) && isAlive(run.pid))
      throw new Deviation('The plugin that was refused lives on.', 'its process is ended', `pid ${run.pid}`);
    return undefined;
  },
);

const keepsManifest = toldCheck(
  {
    id: 'host/keeps-manifest',
    title: 'The manifest of a plugin can be read while it runs and when it is stopped',
    level: 'must',
    needs: [LOADS],
    reference: 'the seed: “We’ll cache the manifest, so we can get it if it crashes.”',
    why: 'Nobody can say what it was that crashed.',
    fix: 'Keep what GetManifest answered; ask again only after a new start.',
  },
  async (home) => {
    const { plugins: contracts } = home.subject.options.contract;
    if (![...contracts.values()].some(({ methods }) => methods.has('GetManifest')))
      return notApplicable('the contract has no GetManifest');
    await home.plugins.put('plugins', 'one');
    const { manifest } = there((await load(home, 'plugins')).plugins, 'one');
    if (manifest === undefined || manifest === null)
      throw new Deviation('A plugin has no manifest.', 'what GetManifest answered', show(manifest));
    const stopped = await home.host.stop('one');
    const listed = (await home.host.list()).find(({ id }) => id === 'one');
    if (show(stopped.manifest) !== show(manifest) || show(listed?.manifest) !== show(manifest))
      throw new Deviation('The manifest is gone with the process.', show(manifest), show(listed?.manifest));
    return undefined;
  },
);

/** Whether a process is there that has not ended. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export const LOADING_CHECKS = [
  loadsFolder,
  saysRunning,
  badNeighbours,
  silentNeighbour,
  runsOnlyPlugins,
  failedOnce,
  oneIdOnce,
  keepsManifest,
];
