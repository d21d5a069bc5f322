import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEMO_PLUGIN, ZOO } from '../../mocks/plugins/index.js';
import type { Budgets } from '../subject/index.js';
import { EXPECTED_OF_EXAMPLES, EXPECTED_OF_ZOO } from './expected.js';

/** A plugin whose findings are known beforehand. */
export interface ProofSubject {
  /** `demo`, `counter`, `zoo/<fault>` or `go/<example>`. */
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** The name or the file of its contract. */
  readonly contract: string;
  readonly needsGo: boolean;
  /** Keys of all findings it must cause, of every level: these and no others. */
  readonly findings: readonly string[];
  /** Less time than usual, where the fault is that something takes for ever. */
  readonly budgets: Partial<Budgets>;
}

/** The repository, from the sources and from what is built. */
const ROOT = fileURLToPath(
  new URL(import.meta.url.includes('/dist/') ? '../../../' : '../../', import.meta.url),
);
export const BIN = join(ROOT, 'examples', 'bin');

/** The zoo is run from what is built, whoever asks. */
const BUILT_ZOO = ZOO.includes(join('dist', 'mocks')) ? ZOO : join(ROOT, 'dist', 'mocks', 'plugins', 'zoo');
const BUILT_DEMO = join(BUILT_ZOO, '..', basename(DEMO_PLUGIN).replace(/\.ts$/, '.js'));

/** Every zoo plugin, whether it is expected or not: one that nobody expects anything of is a mistake. */
export function zooNames(): string[] {
  return readdirSync(BUILT_ZOO)
    .filter((file) => file.endsWith('.js'))
    .map((file) => basename(file, '.js'));
}

/** A contract's file from anywhere, or the name of one that is built in. */
export function pathOf(contract: string): string {
  return contract.endsWith('.json') ? join(ROOT, contract) : contract;
}

export function proofSubjects(): ProofSubject[] {
  const zoo = Object.entries(EXPECTED_OF_ZOO).map(
    ([name, { findings, contract = 'iglu', budgets = {} }]) => ({
      name: `zoo/${name}`,
      command: [process.execPath, join(BUILT_ZOO, `${name}.js`)] as const,
      contract: pathOf(contract),
      needsGo: false,
      findings,
      budgets,
    }),
  );
  const examples = Object.entries(EXPECTED_OF_EXAMPLES).map(
    ([name, { findings, contract = 'iglu', budgets = {} }]) => ({
      name: `go/${name}`,
      command: [join(BIN, name)] as const,
      contract: pathOf(contract),
      needsGo: true,
      findings,
      budgets,
    }),
  );
  const demo = {
    name: 'demo',
    command: [process.execPath, BUILT_DEMO] as const,
    contract: 'iglu',
    needsGo: false,
    findings: [],
    budgets: {},
  };
  const counter = {
    name: 'counter',
    command: [process.execPath, join(BUILT_ZOO, '..', 'counts.js')] as const,
    contract: pathOf('examples/contracts/counter.json'),
    needsGo: false,
    findings: [],
    budgets: {},
  };
  return [demo, counter, ...zoo, ...examples];
}
