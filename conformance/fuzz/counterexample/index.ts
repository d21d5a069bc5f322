export type { Counterexample, What } from './counterexample.js';
export { counterexampleDocument, findingDocument, type CounterexampleFacts, type Found } from './document.js';
export { CounterexampleError, type CounterexampleErrorCode } from './errors.js';
export { goTest } from './go-test/go-test.js';
export { readFlags, type ReplayFlags } from './flags.js';
export { promiseOf, resultKey } from './key.js';
export { whyOutdated } from './outdated.js';
export { parseCounterexample } from './parse.js';
export {
  readCounterexample,
  readCounterexamples,
  type Counterexamples,
  type SavedCounterexample,
} from './read.js';
export { replayCounterexample, type ReplayOutcome, type SeenFailure } from './replay.js';
export { stepsOf, stepsToDocument } from './steps.js';
export { vitestTest } from './vitest-test.js';
export { wireCasesToDocument } from './wire-cases.js';
export { counterexampleName, counterexampleToJson, writeCounterexample } from './write.js';
