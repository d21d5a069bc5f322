import type { Level } from '../checks/index.js';

export interface Selection {
  /** Globs; all results when there is none. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** This one and stricter. */
  readonly level: Level;
}

/** Strictest first. */
const LEVELS: readonly Level[] = ['must', 'should', 'may'];

/** What a glob is compared with: a result's key, its id, or its bare area. */
interface Selectable {
  readonly id: string;
  readonly key: string;
  readonly level: Level;
}

type Matcher = (result: Selectable) => boolean;

/** Whether a result is meant by a glob: `*` stays within a segment, `**` crosses, everything else means itself. */
export function matcher(glob: string): Matcher {
  const pattern = glob
    .split(/(\*+)/)
    .map((part) =>
      part.startsWith('**') ? '.*' : part === '*' ? '[^/]*' : part.replaceAll(/[^\w/-]/gu, String.raw`\$&`),
    )
    .join('');
  const whole = new RegExp(`^${pattern}$`, 's');
  return ({ id, key }) => whole.test(key) || whole.test(id) || whole.test(id.slice(0, id.indexOf('/')));
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
