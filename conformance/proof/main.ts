import { inspectExecutable } from '../../harness/launch/index.js';
import { prove } from './prove.js';
import { proofSubjects } from './subjects.js';

// node dist/conformance/proof/main.js [times] [name …]: judges every subject so many times and compares the findings.
const [times = '1', ...names] = process.argv.slice(2);
const chosen = proofSubjects().filter(
  ({ name }) => names.length === 0 || names.some((part) => name.includes(part)),
);
let wrongVerdicts = 0;
let verdicts = 0;

for (const subject of chosen) {
  if (!(await inspectExecutable(subject.command[0])).ok) {
    console.log(`${subject.name}: not built (node .ci/build-examples.mjs)`);
    process.exitCode = 1;
    continue;
  }
  const problems = new Set<string>();
  const began = performance.now();
  for (let round = 0; round < Number(times); round++) {
    const { missed, wrong } = await prove(subject);
    verdicts += 1;
    if (missed.length + wrong.length > 0) wrongVerdicts += 1;
    for (const key of missed) problems.add(`round ${round + 1}: missed ${key}`);
    for (const key of wrong) problems.add(`round ${round + 1}: wrongly found ${key}`);
  }
  const each = ((performance.now() - began) / Number(times) / 1000).toFixed(1);
  console.log(
    `${problems.size === 0 ? 'as expected' : 'NOT as expected'}  ${subject.name}  (${each} s each)`,
  );
  for (const problem of problems) console.log(`    ${problem}`);
}
console.log(`${verdicts} verdicts, ${wrongVerdicts} of them not as expected`);
if (wrongVerdicts > 0) process.exitCode = 1;
