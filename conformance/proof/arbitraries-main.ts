import { proveArbitrary } from './arbitraries/prove.js';
import { ARBITRARY_SCHEMAS } from './arbitraries/schemas.js';

// node dist/conformance/proof/arbitraries-main.js [count] [name …]: so many values of all schemas together, each judged
// by ajv, and how often each edge occurred.
const [count = '200000', ...names] = process.argv.slice(2);
const chosen = ARBITRARY_SCHEMAS.filter(
  ({ name }) => names.length === 0 || names.some((part) => name.includes(part)),
);
const each = Math.ceil(Number(count) / chosen.length);
let made = 0;
let valid = 0;
let missing = 0;

for (const schema of chosen) {
  const proof = proveArbitrary(schema, each);
  made += proof.made;
  valid += proof.valid;
  missing += proof.edges.filter((edge) => edge.count === 0).length;
  const problem = proof.problem === undefined ? '' : ` (${proof.problem})`;
  console.log(`${schema.name}: ${proof.valid} of ${proof.made} valid${problem}`);
  const edges = proof.edges.map(
    ({ name, count: seen }) => `${seen === 0 ? 'MISSING ' : ''}${name} × ${seen}`,
  );
  console.log(`    ${edges.join(', ')}`);
}
console.log(
  `${chosen.length} schemas, ${made} values: ${valid} valid, ${made - valid} not; ${missing} expected edges missing`,
);
if (valid < made || missing > 0) process.exitCode = 1;
