import { timesToBeSure } from './luck.js';
import { counterexampleToJson } from './write.js';
import type { Counterexample } from './counterexample.js';

/** More times than this are not waited for. */
const MOST_TIMES = 100;

/** Launch, calls that are late, and everything that is looked at before: in ms. */
const TEST_TIMEOUT_MS = 120_000;

/**
 * A vitest test that does a counterexample again, and fails as long as it fails: a whole file.
 *
 * @param command - the plugin, from the folder that vitest runs in
 */
export function vitestTest(document: Counterexample, command: readonly string[]): string {
  // What went over the wire then is of no use to it.
  const json = counterexampleToJson({ ...document, tape: [] }).trimEnd();
  // A literal’s __proto__ is no field, unless it is computed. Strings have no line ends in them.
  const literal = json.replaceAll(/^( *)"__proto__":/gm, '$1["__proto__"]:');
  const enough = Math.min(MOST_TIMES, timesToBeSure(document.rate));
  const times = enough === 1 ? '' : `, times: ${enough}`;
  return [
    "import { replay, type Counterexample } from 'iglu-conformance';",
    "import { expect, test } from 'vitest';",
    '',
    `test(${JSON.stringify(`${document.key} is fixed`)}, async () => {`,
    `  const { verdict, message } = await replay(counterexample, { command: ${JSON.stringify(command)}${times} });`,
    "  expect({ verdict, message }).toEqual({ verdict: 'fixed', message: null });",
    `}, ${TEST_TIMEOUT_MS});`,
    '',
    `const counterexample: Counterexample = ${literal};`,
    '',
  ].join('\n');
}
