import { quote } from '../quote.js';
import { ByteString, Complex, InterfaceValue, type Value } from '../value/index.js';

/** A value does not fit its type. Carried up by the encode functions, which add where they are. */
export class Misfit extends Error {
  readonly problem: string;
  /** From the value outwards. */
  readonly #steps: string[] = [];

  constructor(problem: string) {
    super(problem);
    this.problem = problem;
  }

  get path(): string {
    return this.#steps.toReversed().join('');
  }

  at(step: string): this {
    this.#steps.push(step);
    return this;
  }
}

/** For an error caught on the way: adds a step to a Misfit, and gives it back to be thrown. */
export function stepOut(error: unknown, step: string): unknown {
  return error instanceof Misfit ? error.at(step) : error;
}

/** `the number 2.5 does not fit, expected an integer` */
export function unfit(value: Value | undefined, wanted: string): Misfit {
  return new Misfit(`${describe(value)} does not fit, expected ${wanted}`);
}

function describe(value: Value | undefined): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'number' || typeof value === 'bigint') return `the number ${value}`;
  if (typeof value !== 'object') return `a ${typeof value}`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value instanceof Uint8Array) return 'a Uint8Array';
  if (value instanceof ByteString) return 'a string that is not UTF-8';
  if (value instanceof Complex) return 'a complex number';
  if (value instanceof InterfaceValue) return `an interface value of type ${quote(value.typeName)}`;
  return value instanceof Map ? 'a map' : 'a struct';
}
