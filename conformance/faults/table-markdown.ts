import { FAULT_CELLS, type FaultCell } from './cells.js';
import { FAULTS } from './faults.js';
import { PHASES } from './phases.js';

/** The fault table as it stands in docs/faults.md: what a correct host has recorded, fault by fault and moment by moment. */
export function faultTable(): string {
  const reasons: string[] = [];
  const rows = FAULTS.map(({ name }) => [
    `\`${name}\``,
    ...PHASES.map((phase) => cellText(cellOf(name, phase.name), reasons)),
  ]);
  return [
    '| fault | what happens |',
    '| --- | --- |',
    ...FAULTS.map(({ name, title }) => `| \`${name}\` | ${title} |`),
    '',
    '| moment | what is going on |',
    '| --- | --- |',
    ...PHASES.map(({ name, title }) => `| \`${name}\` | ${title} |`),
    '',
    `| | ${PHASES.map(({ name }) => `\`${name}\``).join(' | ')} |`,
    `| --- |${' --- |'.repeat(PHASES.length)}`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
    ...reasons.map((reason, index) => `${index + 1}. Cannot be: ${reason}.`),
  ].join('\n');
}

function cellOf(fault: string, phase: string): FaultCell {
  const cell = FAULT_CELLS.find(({ name }) => name === `${fault}/${phase}`);
  if (!cell) throw new Error(`There is no cell ${fault}/${phase}.`);
  return cell;
}

function cellText({ expected }: FaultCell, reasons: string[]): string {
  if ('impossible' in expected) {
    if (!reasons.includes(expected.impossible)) reasons.push(expected.impossible);
    return `– (${reasons.indexOf(expected.impossible) + 1})`;
  }
  const { load, state, reason, calls } = expected;
  if (load === 'fails') return 'load says why';
  const words = [
    ...(load === 'either' ? ['loaded or not'] : []),
    ...(state === undefined ? [] : [reason === undefined ? state : `${state}: ${reason}`]),
    ...(calls === undefined ? [] : [`calls ${calls}`]),
  ];
  return words.join(', ');
}
