import { CONFORMING } from './planted.js';
import { provePlanted } from './prove-planted.js';
import { proofSubjects } from './subjects.js';

// node dist/conformance/proof/conforming-main.js [seeds] [name …]: fuzzes each plugin that keeps its promises with so
// many seeds, and prints what is found, which is nothing.
const [times = '1', ...names] = process.argv.slice(2);
const chosen = proofSubjects().filter(
  ({ name }) => CONFORMING.includes(name) && (names.length === 0 || names.includes(name)),
);

for (const { name, command, contract } of chosen) {
  const found: string[] = [];
  const began = performance.now();
  for (let seed = 1; seed <= Number(times); seed++) {
    const nothing = { findings: [], bound: { calls: 0, characters: 0 } };
    const { others } = await provePlanted(nothing, command, contract, seed, 0);
    found.push(...others.map((key) => `seed ${seed}: ${key}`));
  }
  const each = ((performance.now() - began) / Number(times) / 1000).toFixed(1);
  console.log(`${name}: ${found.length} findings in ${times} runs (${each} s each)`);
  for (const line of found) console.log(`    ${line}`);
  if (found.length > 0) process.exitCode = 1;
}
