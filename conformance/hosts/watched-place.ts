import { isAbsolute, join, normalize, sep } from 'node:path';
import { WatchedError, writeWatched } from '../../mocks/plugins/index.js';
import { HostRunError } from './host-run-errors.js';
import type { ObserveHostOptions, PluginPlace } from './host-run.js';
import { fillPlaceholders, hasPlaceholders } from './placeholders.js';
import { withFiles } from './with-files.js';
import { WrittenFiles } from './written-files.js';

const DEFAULT_NAME = 'watched';

/** A watched plugin where a host looks for it, and the host's command line that makes it look there. */
export interface WatchedPlace {
  readonly command: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The file of the plugin's record. */
  readonly record: string;
  /** The plugin's path: absolute, or relative to the host's cwd. */
  readonly plugin: string;
  /** Where files lie that get into the host's cwd before the host runs. */
  readonly seed?: string;
  /** Removes all that was written. */
  remove(): void;
}

type PlaceOptions = Pick<ObserveHostOptions, 'command' | 'behaviour' | 'contract' | 'place' | 'env'>;

/**
 * Puts the plugin where the host looks for it.
 *
 * @throws HostRunError, WatchedError, ContractError; nothing is left then
 */
export async function placeWatched(options: PlaceOptions): Promise<WatchedPlace> {
  const files = new WrittenFiles();
  try {
    return await placeAmong(files, options);
  } catch (error) {
    files.remove();
    throw error;
  }
}

async function placeAmong(files: WrittenFiles, options: PlaceOptions): Promise<WatchedPlace> {
  const { command, behaviour, contract, place, env = {} } = options;
  const record = join(files.folder, 'record.jsonl');
  const remove = (): void => files.remove();
  const write = async (path: string): Promise<void> => {
    files.makeParents(path);
    await refuseExisting(path, writeWatched({ path, contract, record, behaviour }));
    files.add(path);
  };
  if (!place) {
    const plugins = join(files.folder, 'plugins');
    const plugin = join(plugins, DEFAULT_NAME);
    const filled = fillPlaceholders(withPlaceholders({ command, env }), { plugin, plugins });
    await write(plugin);
    return { ...filled, record, plugin, remove };
  }
  const plugin = pathOf(place);
  if (isAbsolute(plugin)) {
    await write(plugin);
    return { command, env, record, plugin, remove };
  }
  const seed = join(files.folder, 'cwd');
  await write(join(seed, plugin));
  return { command: await withFiles(command, seed), env, record, plugin, seed, remove };
}

function withPlaceholders(
  given: Pick<WatchedPlace, 'command' | 'env'>,
): Pick<WatchedPlace, 'command' | 'env'> {
  if (hasPlaceholders(given)) return given;
  throw new HostRunError(
    'HOST_RUN_PLACE',
    `Where does ${given.command[0]} look for plugins? Put {plugin} or {plugins} into its arguments or environment, or name the place: --plugins or --plugin-at; or it has an adapter: --adapter.`,
  );
}

function pathOf(place: PluginPlace): string {
  const given = 'pluginAt' in place ? place.pluginAt : join(place.pluginsFolder, place.name ?? DEFAULT_NAME);
  const path = normalize(given);
  if (path !== '.' && path !== '..' && !path.startsWith(`..${sep}`) && !path.endsWith(sep)) return path;
  throw new HostRunError(
    'HOST_RUN_PLACE',
    `${JSON.stringify(given)} is no path of a plugin: name a file, below the host's cwd or by an absolute path.`,
  );
}

async function refuseExisting(path: string, writing: Promise<void>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    if (!(error instanceof WatchedError) || error.code !== 'WATCHED_EXISTS') throw error;
    throw new HostRunError(
      'HOST_RUN_EXISTS',
      `There is something at ${path} already. It was left as it is: name another place, or move it away.`,
      { cause: error },
    );
  }
}
