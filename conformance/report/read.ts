import type * as Ajv from 'ajv/dist/2020.js';
import { createRequire } from 'node:module';
import { quote } from '../../harness/quote.js';
import type { Report, ReportSet } from './document.js';
import { ReportError } from './errors.js';
import schema from './report.schema.json' with { type: 'json' };

let validate: Ajv.ValidateFunction<Report | ReportSet> | undefined;

/**
 * Reads the JSON text of a report or of a set of reports.
 *
 * @param source - where the text comes from, for messages
 * @throws ReportError `REPORT_NOT_JSON`, or `REPORT_INVALID` with the first place that breaks `report.schema.json`
 */
export function readReport(text: string, source: string): Report | ReportSet {
  const document = parse(text, source);
  validate ??= compile();
  if (validate(document)) return document;
  const [error] = validate.errors ?? [];
  const place = error?.instancePath ? `at ${quote(error.instancePath)}` : 'at its top';
  throw new ReportError(
    'REPORT_INVALID',
    `${source} is not a report of iglu-conformance: ${place} it ${error?.message ?? 'is of another form'}${detailOf(error)}.`,
  );
}

function parse(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { message } = cause as SyntaxError;
    throw new ReportError('REPORT_NOT_JSON', `${source} is not JSON: ${quote(message)}.`, { cause });
  }
}

function compile(): Ajv.ValidateFunction<Report | ReportSet> {
  // Loaded late: most runs write reports and read none.
  const { Ajv2020 } = createRequire(import.meta.url)('ajv/dist/2020.js') as typeof Ajv;
  return new Ajv2020({ logger: false }).compile<Report | ReportSet>(schema);
}

/** ajv says that a key is strange, or a value not allowed, and not which. */
function detailOf(error: Ajv.ErrorObject | undefined): string {
  const { additionalProperty, allowedValues, allowedValue } = (error?.params ?? {}) as Record<
    string,
    unknown
  >;
  const detail = additionalProperty ?? allowedValues ?? allowedValue;
  return detail === undefined
    ? ''
    : ` (${quote(typeof detail === 'string' ? detail : JSON.stringify(detail))})`;
}
