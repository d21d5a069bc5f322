import type { ProcessFolders } from './folders.js';

/** The variable by which every process that came of a launch is found again, wherever it went. */
export const MARKER_VARIABLE = 'IGLU_CONFORMANCE_PROCESS';

/** What a program needs to run at all, and no secrets: the rest of our environment stays with us. */
const ALLOWED = new Set(['PATH', 'LANG', 'TZ']);
const ALLOWED_PREFIX = 'LC_';
/** Without these, Windows loads no system library and finds no program. */
const ALLOWED_ON_WINDOWS = new Set([
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'WINDIR',
  'COMSPEC',
  'PATHEXT',
  'NUMBER_OF_PROCESSORS',
]);
/** go-plugin's own variables. A host that is itself a plugin leaks them into its plugins (client.go:655-658). */
const GO_PLUGIN_PREFIX = 'PLUGIN_';

export interface EnvironmentOptions {
  /** Set for this process, and wins over everything; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Passes on the whole of our environment, save stale PLUGIN_* variables. */
  readonly inheritEnv?: boolean;
}

/** The complete environment of a launched process. */
export function childEnvironment(
  { env = {}, inheritEnv = false }: EnvironmentOptions,
  folders: ProcessFolders,
  marker: string,
  ours: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const theirs = new Map<string, string>();
  for (const [name, value] of Object.entries(ours)) {
    if (value !== undefined && (inheritEnv ? !name.startsWith(GO_PLUGIN_PREFIX) : isAllowed(name)))
      theirs.set(name, value);
  }
  // A PWD that names another folder than the cwd would be a lie, which os.Getwd and shells believe in part.
  if (theirs.has('PWD')) theirs.set('PWD', folders.cwd);
  for (const [name, value] of Object.entries(privateFolders(folders))) theirs.set(name, value);
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) theirs.delete(name);
    else theirs.set(name, value);
  }
  theirs.set(MARKER_VARIABLE, chainMarker(marker, ours[MARKER_VARIABLE]));
  return Object.fromEntries(theirs);
}

function isAllowed(name: string): boolean {
  return (
    ALLOWED.has(name) ||
    name.startsWith(ALLOWED_PREFIX) ||
    (process.platform === 'win32' &&
      (ALLOWED_ON_WINDOWS.has(name.toUpperCase()) || name.toUpperCase() === 'PATH'))
  );
}

function privateFolders({ home, tmp }: ProcessFolders): Record<string, string> {
  return process.platform === 'win32'
    ? { USERPROFILE: home, APPDATA: home, LOCALAPPDATA: home, TMP: tmp, TEMP: tmp }
    : { HOME: home, TMPDIR: tmp, TMP: tmp, TEMP: tmp };
}

/** When we were launched by such a harness ourselves, what we launch must stay findable for it too. */
function chainMarker(marker: string, outer: string | undefined): string {
  return outer !== undefined && /^[\da-f-]{36}(,[\da-f-]{36}){0,15}$/.test(outer)
    ? `${outer},${marker}`
    : marker;
}
