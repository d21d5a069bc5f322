import { loadContract } from '../../harness/contract/index.js';
import { Fuzz, replayCounterexample, type Counterexample } from '../fuzz/index.js';
import { TOOL } from '../run/tool.js';
import { DEFAULT_BUDGETS, Subject, type Budgets } from '../subject/index.js';
import { sizeOf, type InputSize } from './planted.js';

/** What became of a planted bug in one run. */
export interface PlantedProof {
  /** The key of the finding; `undefined` when it was not found. */
  readonly found: string | undefined;
  /** Findings that are not the bug’s. */
  readonly others: readonly string[];
  readonly size: InputSize | undefined;
  readonly inBound: boolean;
  /** From the first call to the first failure, and to its smallest form, ms. */
  readonly findMs: number | undefined;
  readonly totalMs: number;
  /** How often its file, replayed, failed again. */
  readonly replayed: number;
}

/** Fuzzes a planted plugin with the settings that a user gets, and replays what is found. */
export async function provePlanted(
  bug: { readonly findings: readonly string[]; readonly bound: InputSize },
  command: readonly [string, ...string[]],
  contractFile: string,
  seed: number,
  replays: number,
  budgets: Partial<Budgets> = {},
): Promise<PlantedProof> {
  const contract = await loadContract(contractFile);
  const subject = new Subject({
    command,
    contract,
    protocolOnly: false,
    env: {},
    inheritEnv: false,
    requireAll: false,
    allowEffects: false,
    seed,
    budgets: { ...DEFAULT_BUDGETS, ...budgets },
  });
  const start = performance.now();
  let findMs: number | undefined;
  const documents = new Map<string, Counterexample>();
  const { runs, fuzzMs, shrinkMs } = subject.budgets;
  const fuzz = new Fuzz(subject, {
    runs,
    findMs: fuzzMs,
    shrinkMs,
    saved: [],
    facts: { tool: TOOL, contract, subject: { command, sha256: null }, flags: [] },
    onCounterexample: () => {
      findMs ??= performance.now() - start;
    },
  });
  try {
    for (const finding of (await fuzz.campaign()).findings) {
      const { promise, target } = finding.breach;
      const key = promise === 'laws' ? 'fuzz/laws' : `fuzz/${promise}@${target}`;
      documents.set(key, fuzz.document(finding, key));
    }
    if (bug.findings.some((key) => /^fuzz\/(?:descriptors|memory)/.test(key)) || bug.findings.length === 0) {
      for (const leak of (await fuzz.endurance()).leaks) {
        const key = `fuzz/${leak.resource}@${leak.target}`;
        documents.set(key, fuzz.documentOfLeak(leak, key, ''));
      }
    }
    const totalMs = performance.now() - start;
    const found = bug.findings.find((key) => documents.has(key));
    const document = found === undefined ? undefined : documents.get(found);
    const others = [...documents.keys()].filter((key) => !bug.findings.includes(key));
    if (document?.what.kind !== 'calls')
      return { found, others, size: undefined, inBound: false, findMs, totalMs, replayed: 0 };
    const size = sizeOf(document.what.steps);
    const replay =
      replays === 0 ? undefined : await replayCounterexample(subject, document, { times: replays });
    return {
      found,
      others,
      size,
      inBound: size.calls <= bug.bound.calls && size.characters <= bug.bound.characters,
      findMs,
      totalMs,
      replayed: replay && 'rate' in replay && replay.verdict === 'still-failing' ? replay.rate.failed : 0,
    };
  } finally {
    await subject.endPlugins();
  }
}
