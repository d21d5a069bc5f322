import type { Ajv2020, Format as AjvFormat } from 'ajv/dist/2020.js';
import type { FormatName } from 'ajv-formats';
import type { DataValidationCxt } from 'ajv/dist/types/index.js';
import { FORMATS, type Format } from './formats.js';
import { loadAjv, loadAjvFormats } from './lazy.js';
import { originalAt } from './originals.js';
import { linearPattern } from './re2.js';
import { repeated } from './repeated.js';

/**
 * An ajv that judges values by a contract: all mistakes, with the data that they are about, in time that a hostile
 * value cannot stretch. Schemas were vetted before they come here, so ajv does not check them once more.
 */
export function createAjv(): Ajv2020 {
  const { Ajv2020: Ajv } = loadAjv();
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    // A Go float64 may be NaN or infinite; limits, where there are any, still refuse those.
    strictNumbers: false,
    meta: false,
    validateSchema: false,
    logger: false,
    code: { regExp: Object.assign(linearPattern, { code: 'linearPattern' }) },
  });
  for (const [name, format] of FORMATS) ajv.addFormat(name, formatForAjv(name, format));
  // ajv's own compares every element with every other one.
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    validate: (wanted: boolean, _items: unknown, _schema?: unknown, at?: DataValidationCxt) =>
      !wanted || repeated(originalAt(at)) === undefined,
  });
  ajv.addKeyword({
    keyword: 'uniqueBy',
    type: 'array',
    schemaType: 'string',
    validate: (field: string, _items: unknown, _schema?: unknown, at?: DataValidationCxt) =>
      repeated(originalAt(at), field) === undefined,
  });
  return ajv;
}

function formatForAjv(name: string, format: Format): AjvFormat {
  if (format.type !== 'string') return libraryFormat(name);
  const validate = format.validate ?? validatorOf(libraryFormat(name));
  const { maxLength } = format;
  return (text: string) => (maxLength === undefined || text.length <= maxLength) && validate(text);
}

function libraryFormat(name: string): AjvFormat {
  return loadAjvFormats().default.get(name as FormatName);
}

function validatorOf(format: AjvFormat): (text: string) => boolean {
  if (format instanceof RegExp) return (text) => format.test(text);
  if (typeof format === 'function') return format;
  if (typeof format === 'object' && 'validate' in format) return validatorOf(format.validate as AjvFormat);
  return () => true;
}
