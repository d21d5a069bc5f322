import picomatch from 'picomatch';
import type { Level } from '../checks/index.js';

export interface Selection {
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly level: Level;
}

/** Strictest first. */
const LEVELS: readonly Level[] = ['must', 'should', 'may'];

/** What a key is matched by: a result's key, its id, or its bare area. */
interface Selectable {
  readonly id: string;
  readonly key: string;
  readonly level: Level;
}

type Matcher = (result: Selectable) => boolean;

function matcher(glob: string): Matcher {
  const matches = picomatch(glob, { noextglob: true, nobrace: true, dot: true });
  return ({ id, key }) => matches(key) || matches(id) || id.slice(0, id.indexOf('/')) === glob;
}

/** Whether a result is asked for. */
export function selector({ only, skip, level }: Selection): Matcher {
  const wanted = only.map(matcher);
  const unwanted = skip.map(matcher);
  const strictEnough = LEVELS.slice(0, LEVELS.indexOf(level) + 1);
  return (result) =>
    strictEnough.includes(result.level) &&
    (wanted.length === 0 || wanted.some((matches) => matches(result))) &&
    !unwanted.some((matches) => matches(result));
}

/** Globs that match nothing: most likely a slip of the pen. */
export function idleGlobs(selection: Selection, results: readonly Selectable[]): string[] {
  return [...selection.only, ...selection.skip].filter((glob) => !results.some(matcher(glob)));
}
