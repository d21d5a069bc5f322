import { didYouMean } from '../../harness/contract/did-you-mean.js';
import { CATALOGUE, findCheck, HOST_CATALOGUE, type Check } from '../checks/index.js';
import { hanging, labelled, type Style } from '../report/index.js';
import { matcher } from '../run/index.js';
import { terminalStyle } from './terminal-style.js';
import { UsageError } from './usage-error.js';

/** Where levels and titles begin in the list of checks, in columns. */
const LEVELS = 32;
const TITLES = 40;

const ALL = [...CATALOGUE, ...HOST_CATALOGUE];

/** `iglu-conformance checks [check]`: the catalogue, a part of it, or one check explained. */
export async function checksCommand(
  named: string | undefined,
  { json }: { json?: boolean },
): Promise<number> {
  const exact = named === undefined ? undefined : findCheck(named);
  const chosen = exact ? [exact] : checksLike(named ?? '**');
  process.stdout.write(json ? toJson(chosen) : toText(chosen, exact !== undefined));
  return 0;
}

function checksLike(glob: string): Check[] {
  const matches = matcher(glob);
  const found = ALL.filter(({ id, level }) => matches({ id, key: id, level }));
  if (found.length > 0) return found;
  const ids = ALL.map(({ id }): string => id);
  const containing = ids.filter((id) => id.includes(glob));
  const hint = containing.length > 0 ? `Did you mean ${containing.join(', ')}?` : didYouMean(glob, ids);
  const what = `There is no check ${JSON.stringify(glob)}.`;
  throw new UsageError([what, ...(hint ? [hint] : []), 'iglu-conformance checks lists them all.'].join(' '));
}

function toJson(checks: readonly Check[]): string {
  const facts = checks.map(({ id, title, level, target, needs, reference, why, fix }) => ({
    id,
    title,
    level,
    target,
    needs,
    reference,
    why,
    fix,
  }));
  return `${JSON.stringify(facts, null, 2)}\n`;
}

function toText(checks: readonly Check[], whole: boolean): string {
  const style = terminalStyle(process.stdout);
  const columns = process.stdout.columns || 80;
  if (whole) return checks.map((check) => explained(check, style, columns)).join('\n');
  const list = checks.map(({ id, level, title }) => {
    const front = `${style.bold(id)}${' '.repeat(Math.max(1, LEVELS - id.length))}${level}`;
    return `${hanging(front, title, { indent: 0, start: TITLES, columns })}\n`;
  });
  return `${list.join('')}\n${checks.length} checks; iglu-conformance checks <id> explains one\n`;
}

const EACH: Readonly<Record<Check['target'], string>> = {
  plugin: '',
  host: '',
  method: ', for each method',
  fault: ', for each fault at each moment',
};

function explained(
  { id, level, target, title, reference, why, fix, needs }: Check,
  style: Style,
  columns: number,
): string {
  const line = (label: string, text: string): string => `${labelled(label, text, columns, style)}\n`;
  return [
    `${style.bold(id)}  ${level}${EACH[target]}\n`,
    line('promise', title),
    line('why', why),
    line('fix', fix),
    line('source', reference),
    line('needs', needs.join(', ') || 'nothing'),
  ].join('');
}
