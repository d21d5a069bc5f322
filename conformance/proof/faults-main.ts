import { availableParallelism } from 'node:os';
import { inspectExecutable } from '../../harness/launch/index.js';
import { GOOD_HOSTS } from './prove-host.js';
import { proveFaults, type CellProof } from './prove-faults.js';

// node dist/conformance/proof/faults-main.js [times] [host …]: the whole fault table on each good host, so many times.
const [times = '1', ...names] = process.argv.slice(2);
const chosen = GOOD_HOSTS.filter(
  ({ name }) => names.length === 0 || names.some((part) => name.includes(part)),
);

for (const host of chosen) {
  if (!(await inspectExecutable(host.command[0])).ok) {
    console.log(`${host.name}: not built (node .ci/build-examples.mjs)`);
    process.exitCode = 1;
    continue;
  }
  const began = performance.now();
  const proofs: CellProof[] = [];
  for (let round = 1; round <= Number(times); round++)
    proofs.push(...(await proveFaults(host, availableParallelism() * 2)));
  const wrong = proofs.filter(({ problem }) => problem !== undefined);
  for (const { cell, problem } of wrong) console.log(`    ${cell}: ${problem}`);
  const deaths = proofs.filter(({ hostDied }) => hostDied).length;
  const retried = proofs.filter(({ attempts }) => attempts > 1).length;
  const cells = new Set(proofs.map(({ cell }) => cell)).size;
  const seconds = ((performance.now() - began) / 1000 / Number(times)).toFixed(0);
  console.log(
    `${host.name}: ${cells} cells, ${times} times: ${proofs.length - wrong.length} as the oracle says, ${wrong.length} not; ${deaths} host deaths; ${retried} looked at again for time (${seconds} s each)`,
  );
  if (wrong.length > 0) process.exitCode = 1;
}
