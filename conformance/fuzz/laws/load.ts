import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ContractError, type Contract } from '../../../harness/contract/index.js';
import { IGLU_LAWS } from './iglu.js';
import type { Law } from './law.js';

/** Laws that a contract can name without having a module. */
const BUILTIN_LAWS: ReadonlyMap<string, readonly Law[]> = new Map([['iglu', IGLU_LAWS]]);

/**
 * The laws of a contract. The module is code of whoever wrote the contract, and is run in this process.
 *
 * @throws ContractError `CONTRACT_INVALID` when the module cannot be loaded or exports no laws
 */
export async function loadLaws({ laws, source }: Contract): Promise<readonly Law[]> {
  if (laws === undefined) return [];
  const builtin = BUILTIN_LAWS.get(laws);
  if (builtin) return builtin;
  const file = resolve(dirname(source), laws);
  const refuse = (why: string, cause?: unknown): ContractError =>
    new ContractError(
      'CONTRACT_INVALID',
      source,
      `The laws of the contract ${source} cannot be used: ${why}`,
      {
        cause,
      },
    );
  let module: { readonly laws?: unknown };
  try {
    module = (await import(pathToFileURL(file).href)) as { readonly laws?: unknown };
  } catch (error) {
    const hint = file.endsWith('.ts')
      ? ' Node runs TypeScript from 22.18 on; name the built .js file for older ones.'
      : '';
    throw refuse(`${file} cannot be loaded: ${(error as Error).message}.${hint}`, error);
  }
  if (!Array.isArray(module.laws) || !module.laws.every(isLaw))
    throw refuse(`${file} does not export laws, an array of { name, title, broken }.`);
  return module.laws;
}

function isLaw(value: unknown): value is Law {
  const law = value as Partial<Law> | null;
  return (
    typeof law === 'object' &&
    law !== null &&
    typeof law.name === 'string' &&
    typeof law.title === 'string' &&
    typeof law.broken === 'function'
  );
}
