import type { Contract, MethodContract } from './contract.js';
import { ContractError, type Mistake } from './errors.js';
import { parseContract } from './parse.js';

/** A document with one method `Call` of one plugin `p`. */
export function documentWith(
  method: Record<string, unknown>,
  rest: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    name: 'test',
    handshake: { protocolVersions: [1], magicCookieKey: 'KEY', magicCookieValue: 'value' },
    plugins: { p: { transport: 'netrpc', methods: { Call: { args: null, reply: null, ...method } } } },
    ...rest,
  };
}

export function contractWith(method: Record<string, unknown>, rest: Record<string, unknown> = {}): Contract {
  return parseContract(documentWith(method, rest), 'test.json');
}

/** The method `Call` of {@link documentWith}. */
export function methodWith(
  method: Record<string, unknown>,
  rest: Record<string, unknown> = {},
): MethodContract {
  const found = contractWith(method, rest).plugins.get('p')?.methods.get('Call');
  if (found === undefined) throw new Error('no method Call');
  return found;
}

/** The mistake for which a document is refused. */
export function mistakeIn(document: unknown): Mistake & { message: string } {
  try {
    parseContract(document, 'test.json');
  } catch (error) {
    if (error instanceof ContractError && error.mistake !== undefined) {
      return { ...error.mistake, message: error.message };
    }
    throw error;
  }
  throw new Error('the document was not refused');
}

/** What is written, where it is refused, and what the message says of it. */
export type MistakeCase = readonly [title: string, document: unknown, path: string, message: RegExp];

/** Where and how a document is refused, after a way through JSON, as a file comes: without what is undefined. */
export function refusalOf(document: unknown): { path: string; message: string } {
  const { path, message } = mistakeIn(JSON.parse(JSON.stringify(document)));
  return { path, message };
}

/** A condition as a part of a schema. */
export function when(condition: unknown, then: unknown, otherwise?: unknown): Record<string, unknown> {
  // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's own word
  return { if: condition, then, ...(otherwise !== undefined && { else: otherwise }) };
}

/** Where {@link argsDocument} has its schema. */
export const ARGS = '/plugins/p/methods/Call/args';

/** A document with the type of the arguments of its one method. */
export function argsDocument(schema: unknown, rest: Record<string, unknown> = {}): unknown {
  return documentWith({ args: schema }, rest);
}

/** The schema of a struct. */
export function struct(properties: Record<string, unknown>): Record<string, unknown> {
  return { type: 'object', properties };
}

/** A document's part with one host service, `api`. */
export const HOST_SERVICES = { hostServices: { api: { methods: { Log: { args: null, reply: null } } } } };
