import type * as Ajv from 'ajv/dist/2020.js';
import { createRequire } from 'node:module';
import { HarnessError } from '../../../harness/errors.js';
import { quote } from '../../../harness/quote.js';
import { fromJson } from '../../../harness/value/index.js';
import type { Counterexample, StepDocument, WireCaseDocument } from './counterexample.js';
import schema from './counterexample.schema.json' with { type: 'json' };
import { CounterexampleError } from './errors.js';
import { readFlags } from './flags.js';
import { MAX_CALLS, MAX_FILE_BYTES, MAX_NESTING } from './limits.js';
import { nestingOf } from './nesting.js';

let validate: Ajv.ValidateFunction<Counterexample> | undefined;

/**
 * Reads the JSON text of a counterexample. Whatever the text is, it is refused or can be done.
 *
 * @param source - where the text comes from, for messages
 * @throws CounterexampleError `COUNTEREXAMPLE_TOO_LARGE`, `COUNTEREXAMPLE_NOT_JSON`, or `COUNTEREXAMPLE_INVALID` with
 * the first place that breaks `counterexample.schema.json`
 */
export function parseCounterexample(text: string, source: string): Counterexample {
  if (text.length > MAX_FILE_BYTES) throw tooLarge(source, `is longer than ${MAX_FILE_BYTES} characters`);
  if (nestingOf(text, MAX_NESTING) > MAX_NESTING)
    throw tooLarge(source, `is nested deeper than ${MAX_NESTING} levels`);
  const document = parseJson(text, source);
  validate ??= compile();
  if (!validate(document)) throw invalid(source, ...mistakeOf(validate.errors?.[0]));
  checkFlags(document, source);
  if (document.reply !== undefined) checkValue(() => fromJson(document.reply ?? null), '/reply', source);
  if (document.what.kind === 'calls') checkSteps(document.what.steps, source);
  if (document.what.kind === 'wire') checkCases(document.what.cases, source);
  return document;
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const { message } = cause as SyntaxError;
    throw new CounterexampleError('COUNTEREXAMPLE_NOT_JSON', `${source} is not JSON: ${quote(message)}.`, {
      cause,
    });
  }
}

function checkFlags({ flags }: Counterexample, source: string): void {
  const read = readFlags(flags);
  if ('problem' in read) throw invalid(source, `/flags/${read.index}`, read.problem);
}

function checkSteps(steps: readonly StepDocument[], source: string): void {
  const calls = steps.reduce((sum, step) => sum + step.calls.length * (step.times ?? 1), 0);
  if (calls > MAX_CALLS) throw tooLarge(source, `makes ${calls} calls, more than ${MAX_CALLS}`);
  for (const [at, step] of steps.entries()) {
    for (const [which, call] of step.calls.entries())
      checkValue(() => fromJson(call.args), `/what/steps/${at}/calls/${which}/args`, source);
  }
}

/** Where Buffer.from would pass over what is no base64, it is refused; and a broker id has to fit into its bytes. */
function checkCases(cases: readonly WireCaseDocument[], source: string): void {
  for (const [at, { parts }] of cases.entries()) {
    for (const [which, { bytes, brokerIdAt }] of parts.entries()) {
      const place = `/what/cases/${at}/parts/${which}`;
      const decoded = Buffer.from(bytes, 'base64');
      if (decoded.toString('base64') !== bytes)
        throw invalid(source, `${place}/bytes`, 'is no padded standard base64');
      const outside = brokerIdAt.find((offset) => offset + BROKER_ID_BYTES > decoded.length);
      if (outside !== undefined)
        throw invalid(
          source,
          `${place}/brokerIdAt`,
          `has ${outside}, outside of the ${decoded.length} bytes`,
        );
    }
  }
}

/** A broker id is a uint32. */
const BROKER_ID_BYTES = 4;

function checkValue(read: () => unknown, place: string, source: string): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    throw invalid(source, place, `is no value in tagged JSON: ${error.message}`, error);
  }
}

function compile(): Ajv.ValidateFunction<Counterexample> {
  // Loaded late: most runs read none.
  const { Ajv2020 } = createRequire(import.meta.url)('ajv/dist/2020.js') as typeof Ajv;
  return new Ajv2020({ logger: false, allowUnionTypes: true }).compile<Counterexample>(schema);
}

/** The place, and what is wrong there; ajv says that a key is strange, or a value not allowed, and not which. */
function mistakeOf(error: Ajv.ErrorObject | undefined): [place: string, problem: string] {
  const params = (error?.params ?? {}) as Record<string, unknown>;
  const detail = params['additionalProperty'] ?? params['allowedValues'] ?? params['allowedValue'];
  const told =
    detail === undefined ? '' : ` (${quote(typeof detail === 'string' ? detail : JSON.stringify(detail))})`;
  return [error?.instancePath ?? '', `${error?.message ?? 'is of another form'}${told}`];
}

function invalid(source: string, place: string, problem: string, cause?: unknown): CounterexampleError {
  const where = place === '' ? 'at its top' : `at ${quote(place)}`;
  return new CounterexampleError(
    'COUNTEREXAMPLE_INVALID',
    `${source} is not a counterexample of iglu-conformance: ${where} it ${problem.replace(/\.$/, '')}.`,
    { cause },
  );
}

function tooLarge(source: string, problem: string): CounterexampleError {
  return new CounterexampleError(
    'COUNTEREXAMPLE_TOO_LARGE',
    `${source} is not a counterexample of iglu-conformance: it ${problem}.`,
  );
}
