import { inspectExecutable } from '../../harness/launch/index.js';
import { BROKEN_HOSTS, GOOD_HOSTS, proveHost } from './prove-host.js';

// node dist/conformance/proof/hosts-main.js [times] [name …]: judges every host so many times and compares the findings.
const [times = '1', ...names] = process.argv.slice(2);
const chosen = [...GOOD_HOSTS, ...BROKEN_HOSTS].filter(
  ({ name }) => names.length === 0 || names.some((part) => name.includes(part)),
);
let wrongVerdicts = 0;
let verdicts = 0;

for (const host of chosen) {
  if (!(await inspectExecutable(host.command[0])).ok) {
    console.log(`${host.name}: not built (node .ci/build-examples.mjs)`);
    process.exitCode = 1;
    continue;
  }
  const problems: string[] = [];
  const began = performance.now();
  for (let round = 1; round <= Number(times); round++) {
    // Of most broken hosts the table would say the same a hundred times.
    const wantsTable =
      host.findings.length === 0 || host.findings.some((key) => key.startsWith('host/withstands@'));
    const skip = wantsTable ? [] : ['host/withstands@**'];
    const { missed, wrong, report } = await proveHost(host, { skip });
    verdicts += 1;
    if (missed.length + wrong.length > 0) wrongVerdicts += 1;
    problems.push(
      ...missed.map((key) => `round ${round}: missed ${key}`),
      ...wrong.map((key) => {
        const { message, actual } = report.checks.find((check) => check.key === key) ?? {};
        return `round ${round}: wrongly found ${key}: ${message ?? ''} (${actual ?? ''})`;
      }),
    );
  }
  const each = ((performance.now() - began) / Number(times) / 1000).toFixed(1);
  console.log(`${problems.length === 0 ? 'as expected' : 'NOT as expected'}  ${host.name}  (${each} s each)`);
  for (const problem of problems) console.log(`    ${problem}`);
}
console.log(`${verdicts} verdicts, ${wrongVerdicts} of them not as expected`);
if (wrongVerdicts > 0) process.exitCode = 1;
