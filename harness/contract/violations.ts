import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Value } from '../value/index.js';
import { lookupValue } from './lookup-value.js';
import { pointer } from './pointer.js';
import { repeated } from './repeated.js';
import { SILENT } from './validation-schema.js';
import { violationMessage } from './violation-message.js';

/** One promise of the contract that a value breaks. */
export interface Violation {
  /** A JSON pointer into the value; map keys that are no strings are written as text. */
  readonly path: string;
  /** The keyword of the contract that was broken, such as `minLength`. */
  readonly rule: string;
  /** A sentence without its full stop, such as `Manifest/Id must not be empty`. Control characters are escaped. */
  readonly message: string;
  /** What stands at `path`; absent when nothing does. */
  readonly actual?: Value;
}

/** More violations of one value than this are not told: a hostile list can have millions. */
export const MAX_VIOLATIONS = 100;

/** ajv's errors, one for each broken promise, at most {@link MAX_VIOLATIONS}, in the order of the contract. */
export function toViolations(errors: readonly ErrorObject[], value: Value, whole: string): Violation[] {
  const violations: Violation[] = [];
  for (const error of errors) {
    if (violations.length === MAX_VIOLATIONS) break;
    if (isEcho(error)) continue;
    const path = placeOf(error, value);
    const actual = lookupValue(value, path);
    const message = violationMessage(error, { path, actual, value, whole });
    violations.push({ path, rule: error.keyword, message, ...(actual !== undefined && { actual }) });
  }
  return violations;
}

/** Errors beside which there is another that says more. */
function isEcho({ keyword, parentSchema }: ErrorObject): boolean {
  return keyword === 'if' || keyword === 'propertyNames' || parentSchema?.['$comment'] === SILENT;
}

/** ajv places an error at the object or the list; the field or the element that it is about says more. */
function placeOf(error: ErrorObject, value: Value): string {
  const { instancePath, keyword } = error;
  if (keyword === 'required') return pointer(instancePath, error.params['missingProperty'] as string);
  if (error.propertyName !== undefined) return pointer(instancePath, error.propertyName);
  if (keyword !== 'uniqueBy' && keyword !== 'uniqueItems') return instancePath;
  const list = lookupValue(value, instancePath);
  const field = keyword === 'uniqueBy' ? (error.schema as string) : undefined;
  const twins = Array.isArray(list) ? repeated(list, field) : undefined;
  if (twins === undefined) return instancePath;
  return field === undefined ? pointer(instancePath, twins[1]) : pointer(instancePath, twins[1], field);
}
