import { join } from 'node:path';
import { inspectExecutable } from '../../harness/launch/index.js';
import { PLANTED } from './planted.js';
import { provePlanted, type PlantedProof } from './prove-planted.js';
import { BIN, pathOf } from './subjects.js';

// node dist/conformance/proof/planted-main.js [seeds] [name …]: fuzzes each plugin with a planted bug with so many
// seeds, and prints how often it was found, how fast, how small, and how often its file failed again.
const [times = '1', ...names] = process.argv.slice(2);

/** How often the file of a counterexample is replayed. */
const REPLAYS = 10;
/** Replaying what is late takes its time. */
const LATE_REPLAYS = 2;

const chosen = PLANTED.filter(({ name }) => names.length === 0 || names.includes(name));
console.log('| bug | found | first failure, s | shrunk, s | calls | characters | in bound | replayed |');
console.log('|---|---|---|---|---|---|---|---|');
for (const bug of chosen) {
  const program = join(BIN, 'planted', bug.name);
  if (!(await inspectExecutable(program)).ok) {
    console.log(`${bug.name}: not built (node .ci/build-examples.mjs)`);
    process.exitCode = 1;
    continue;
  }
  const replays = bug.findings.some((key) => key.startsWith('fuzz/answers-in-time')) ? LATE_REPLAYS : REPLAYS;
  const proofs: PlantedProof[] = [];
  for (let seed = 1; seed <= Number(times); seed++)
    proofs.push(await provePlanted(bug, [program], pathOf(bug.contract), seed, replays));
  const found = proofs.filter((proof) => proof.found !== undefined);
  const inBound = found.filter((proof) => proof.inBound).length;
  const replayed = found.reduce((sum, proof) => sum + proof.replayed, 0);
  console.log(
    `| ${[
      bug.name,
      `${found.length} of ${proofs.length}`,
      middle(found.map(({ findMs = 0 }) => findMs / 1000)),
      middle(found.map(({ totalMs }) => totalMs / 1000)),
      largest(
        found.map(({ size }) => size?.calls ?? 0),
        bug.bound.calls,
      ),
      largest(
        found.map(({ size }) => size?.characters ?? 0),
        bug.bound.characters,
      ),
      `${inBound} of ${found.length}`,
      `${replayed} of ${found.length * replays}`,
    ].join(' | ')} |`,
  );
  for (const { others } of proofs) for (const key of others) console.log(`    also ${key}`);
  if (found.length < 0.95 * proofs.length || proofs.some(({ others }) => others.length > 0))
    process.exitCode = 1;
}

/** The median, and what is the largest. */
function middle(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number): string => (sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(1);
  return `${at(0.5)} (${at(1)})`;
}

function largest(values: readonly number[], bound: number): string {
  return `${Math.max(0, ...values)} of ${bound}`;
}
