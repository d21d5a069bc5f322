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
