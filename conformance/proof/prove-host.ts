import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HostBudgets } from '../hosts/index.js';
import { findingsOf, type Report } from '../report/index.js';
import { runHost, withHostDefaults } from '../run/index.js';
import { EXPECTED_OF_HOSTS } from './expected-hosts.js';

/** The repository, from the sources and from what is built. */
const ROOT = fileURLToPath(
  new URL(import.meta.url.includes('/dist/') ? '../../../' : '../../', import.meta.url),
);
const BUILT = join(ROOT, 'dist', 'mocks', 'host');
const BUILT_ZOO = join(BUILT, 'zoo');

/** What example hosts are set to, so that a hang is noticed while somebody waits. */
const SETTINGS = [
  ['--ping-interval', '300'],
  ['--ping-timeout', '700'],
  ['--call-timeout', '2000'],
  ['--start-timeout', '3000'],
  ['--stop-timeout', '2000'],
].flat();

/** … and what that comes to for whoever judges them. */
export const BUDGETS: Partial<HostBudgets> = { startTimeoutMs: 3_000, timeoutMs: 2_000, hangMs: 1_000 };

/** A host whose findings are known beforehand. */
export interface ProofHost {
  /** `reference-host`, `host-zoo/<fault>`, or `go/<example>`. */
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly needsGo: boolean;
  readonly findings: readonly string[];
}

/** The hosts that are to pass everything. */
export const GOOD_HOSTS: readonly ProofHost[] = [
  {
    name: 'reference-host',
    command: [process.execPath, join(BUILT, 'adapter', 'main.js'), ...SETTINGS],
    needsGo: false,
    findings: [],
  },
  {
    name: 'go/adapter-host',
    command: [join(ROOT, 'examples', 'bin', 'adapter-host'), ...SETTINGS],
    needsGo: true,
    findings: [],
  },
];

/** The broken ones. */
export const BROKEN_HOSTS: readonly ProofHost[] = Object.entries(EXPECTED_OF_HOSTS).map(
  ([name, findings]) => ({
    name: `host-zoo/${name}`,
    command: [process.execPath, join(BUILT_ZOO, `${name}.js`), ...SETTINGS],
    needsGo: false,
    findings,
  }),
);

/** Every broken host, whether it is expected or not. */
export function hostZooNames(): string[] {
  return readdirSync(BUILT_ZOO)
    .filter((file) => file.endsWith('.js'))
    .map((file) => basename(file, '.js'));
}

export interface HostProof {
  readonly report: Report;
  /** Findings that should be there and are not. */
  readonly missed: readonly string[];
  /** Findings that should not be there. */
  readonly wrong: readonly string[];
}

/** Judges a host with every check, and compares what is found with what must be. */
export async function proveHost(
  { command, findings }: ProofHost,
  { only = [], skip = [] }: { only?: readonly string[]; skip?: readonly string[] } = {},
): Promise<HostProof> {
  const report = await runHost(
    await withHostDefaults({
      command,
      adapter: true,
      only,
      skip,
      budgets: BUDGETS,
      parallel: availableParallelism(),
    }),
  );
  const found = findingsOf(report.checks).map(({ key }) => key);
  return {
    report,
    missed: findings.filter((key) => !found.includes(key)),
    wrong: found.filter((key) => !findings.includes(key)),
  };
}
