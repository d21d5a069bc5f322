import type { LaunchedPlugin } from '../../../harness/client/index.js';
import type { TapeLine } from '../../../harness/tape/index.js';
import type { JsonValue } from '../../../harness/value/index.js';
import type { Finding, Origin } from '../finding.js';
import type { Rate } from '../replay-steps.js';
import { SCHEMA_VERSION, type Counterexample, type What } from './counterexample.js';
import { stepsToDocument } from './steps.js';

/** What a run knows of every counterexample that it keeps. */
export type CounterexampleFacts = Pick<Counterexample, 'tool' | 'contract' | 'subject' | 'flags'> & {
  /** Methods that the plugin has and that a host calls once, first of all. */
  readonly once?: readonly { readonly plugin: string; readonly method: string }[];
};

/** What was found, and what shows it again. */
export interface Found {
  readonly key: string;
  readonly law?: string;
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  readonly reply?: JsonValue;
  readonly rate: Rate;
  readonly origin?: Origin;
  readonly what: What;
  /** Its process, as it was then. */
  readonly plugin?: LaunchedPlugin;
}

/** The file of anything that was found. */
export function counterexampleDocument(found: Found, facts: CounterexampleFacts): Counterexample {
  const { key, law, message, expected, actual, reply, rate, origin, what, plugin } = found;
  const { tool, contract, subject, flags } = facts;
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: 'counterexample',
    tool: { name: tool.name, version: tool.version },
    key,
    ...(law === undefined ? {} : { law }),
    contract: { name: contract.name, sha256: contract.sha256 },
    subject: { command: subject.command, sha256: subject.sha256 },
    flags,
    origin: origin ? { seed: origin.seed, path: origin.path } : null,
    rate: { failed: rate.failed, of: rate.of },
    message,
    expected,
    actual,
    ...(reply === undefined ? {} : { reply }),
    what,
    tape: plugin ? shortTape(plugin.tape.lines()) : [],
  };
}

/**
 * The file of what a campaign found.
 *
 * @param key - the key of its result: a law’s is that of its check
 */
export function findingDocument(
  { breach, steps, rate, origin }: Finding,
  key: string,
  facts: CounterexampleFacts,
): Counterexample {
  const { message, expected, actual, law, reply, plugin } = breach;
  return counterexampleDocument(
    {
      key,
      message,
      expected,
      actual,
      rate,
      plugin,
      what: { kind: 'calls', ...(facts.once ? { once: facts.once } : {}), steps: stepsToDocument(steps) },
      ...(law === undefined ? {} : { law }),
      ...(reply === undefined ? {} : { reply }),
      ...(origin === undefined ? {} : { origin }),
    },
    facts,
  );
}

/** How much of the tape is kept, in lines, and of the value of a line, in characters of JSON. */
const TAPE_LINES = 40;
const TAPE_VALUE = 1_000;

function shortTape(lines: readonly TapeLine[]): TapeLine[] {
  return lines.slice(-TAPE_LINES).map((line) => {
    const { value, ...rest } = line;
    if (value === undefined || JSON.stringify(value).length <= TAPE_VALUE) return line;
    return { ...rest, text: `${line.text} (a value of more than ${TAPE_VALUE} characters)` };
  });
}
