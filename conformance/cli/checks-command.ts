import { CATALOGUE, findCheck, type Check } from '../checks/index.js';
import { labelled, PLAIN } from '../report/index.js';
import { UsageError } from './usage-error.js';

/** `iglu-conformance checks [id]`: the catalogue, or one check explained. */
export async function checksCommand(id: string | undefined, { json }: { json?: boolean }): Promise<number> {
  const chosen = id === undefined ? CATALOGUE : [check(id)];
  if (json) {
    const facts = chosen.map(({ id, title, level, target, needs, reference, why, fix }) => ({ id, title, level, target, needs, reference, why, fix }));
    process.stdout.write(`${JSON.stringify(facts, null, 2)}\n`);
    return 0;
  }
  const columns = process.stdout.columns || 80;
  process.stdout.write(chosen.map((each) => describe(each, columns, id !== undefined)).join(id === undefined ? '\n' : ''));
  return 0;
}

function check(id: string): Check {
  const found = findCheck(id);
  if (found) return found;
  const near = CATALOGUE.filter((each) => each.id.includes(id) || id.includes(each.id.split('/')[1] ?? id));
  throw new UsageError(`There is no check ${JSON.stringify(id)}.${near.length > 0 ? ` Did you mean ${near.map((each) => each.id).join(', ')}?` : ''} iglu-conformance checks lists them all.`);
}

function describe({ id, level, target, title, reference, why, fix, needs }: Check, columns: number, whole: boolean): string {
  const line = (label: string, text: string): string => `${labelled(label, text, columns, PLAIN)}\n`;
  const more = whole ? [line('why', why), line('fix', fix), line('needs', needs.join(', ') || 'nothing')] : [];
  return [
    `${id}  ${level}${target === 'method' ? ', for each method' : ''}\n`,
    line('promise', title),
    line('reference', reference),
    ...more,
  ].join('');
}
