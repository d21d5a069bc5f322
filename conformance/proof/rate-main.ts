import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import * as fc from 'fast-check';
import { loadContract } from '../../harness/contract/index.js';
import { toJson } from '../../harness/value/index.js';
import { argsArbitrary } from '../fuzz/arbitraries/index.js';
import { judgeOutcome } from '../fuzz/judge.js';
import { DEFAULT_BUDGETS, Subject, type MethodTarget } from '../subject/index.js';
import { BIN } from './subjects.js';

// node dist/conformance/proof/rate-main.js [rounds]: calls of the Go lamp a second, with the same generated arguments:
// by a Go loop over go-plugin’s own client, and by ours, which also holds each answer against the contract. The two
// take turns in each round; the ratio is that of the medians.
const [rounds = '5'] = process.argv.slice(2);

const METHODS = ['OnDeviceToggle', 'GetDeviceStatus', 'OnConfigurationUpdate'];
const CALLS_OF_EACH = 3_000;
/** Longer ones measure sockets, in characters of JSON. */
const LONGEST = 2_000;

const contract = await loadContract('iglu');
const subject = new Subject({
  command: [join(BIN, 'lamp')],
  contract,
  protocolOnly: false,
  env: {},
  inheritEnv: false,
  requireAll: false,
  allowEffects: false,
  seed: 1,
  budgets: DEFAULT_BUDGETS,
});
const calls = METHODS.flatMap((name) => {
  const target = subject.targets.find(({ method }) => method.name === name) as MethodTarget;
  return fc
    .sample(argsArbitrary(contract, target.method), { seed: 1, numRuns: CALLS_OF_EACH })
    .filter((args) => JSON.stringify(toJson(args)).length <= LONGEST)
    .map((args) => ({ target, args }));
});
const folder = mkdtempSync(join(tmpdir(), 'rate-'));
const file = join(folder, 'calls.jsonl');
writeFileSync(
  file,
  calls
    .map(({ target, args }) => `${JSON.stringify({ method: target.method.name, args: toJson(args) })}\n`)
    .join(''),
);

async function byGo(inFlight: number): Promise<number> {
  const { stdout } = await execa(join(BIN, 'rate-loop'), [
    '-in-flight',
    String(inFlight),
    file,
    join(BIN, 'lamp'),
  ]);
  return (JSON.parse(stdout) as { callsPerSecond: number }).callsPerSecond;
}

async function byUs(inFlight: number): Promise<number> {
  const session = await subject.freshSession();
  let next = 0;
  const start = performance.now();
  const caller = async (): Promise<void> => {
    for (let call = calls[next++]; call; call = calls[next++]) {
      const { target, args } = call;
      const breach = judgeOutcome(subject, session, target, await session.call(target, args, 10_000));
      if (breach) throw new Error(`${target.name}: ${breach.message}`);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, caller));
  const seconds = (performance.now() - start) / 1000;
  await subject.release(session.plugin);
  return calls.length / seconds;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

console.log('| in flight | Go, calls/s | ours, calls/s | ratio |');
console.log('|---|---|---|---|');
try {
  for (const inFlight of [1, 32]) {
    const [go, ours]: [number[], number[]] = [[], []];
    for (let round = 0; round <= Number(rounds); round++) {
      const pair = [await byGo(inFlight), await byUs(inFlight)] as const;
      // The first one warms up.
      if (round === 0) continue;
      go.push(pair[0]);
      ours.push(pair[1]);
    }
    const cells = [
      inFlight,
      Math.round(median(go)),
      Math.round(median(ours)),
      (median(ours) / median(go)).toFixed(2),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
} finally {
  await subject.endPlugins();
  rmSync(folder, { recursive: true, force: true });
}
