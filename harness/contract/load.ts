import { readFile, stat } from 'node:fs/promises';
import { BUILTINS } from './builtins.js';
import type { Contract } from './contract.js';
import { didYouMean } from './did-you-mean.js';
import { ContractError } from './errors.js';
import { parseContract, trustContract } from './parse.js';

/** Larger files are not read: the contract of an interface with hundreds of methods has a few hundred KiB. */
const MAX_CONTRACT_BYTES = 16 * 1024 * 1024;

/**
 * The contract of a built-in name (`iglu`, `greeter`), else of a file. A file whose name is a built-in's is meant by
 * `./iglu`.
 *
 * @throws ContractError `CONTRACT_NOT_FOUND`, `CONTRACT_UNREADABLE`, `CONTRACT_NOT_JSON` or `CONTRACT_INVALID`
 */
export async function loadContract(fileOrName: string): Promise<Contract> {
  const builtin = BUILTINS.get(fileOrName);
  if (builtin !== undefined) return trustContract(builtin, fileOrName);
  return parseContract(parseJson(await readText(fileOrName), fileOrName), fileOrName);
}

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > MAX_CONTRACT_BYTES) {
      throw new ContractError(
        'CONTRACT_UNREADABLE',
        file,
        `The contract ${file} has ${size} bytes, more than the ${MAX_CONTRACT_BYTES} that a contract may have.`,
      );
    }
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof ContractError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw notFound(file, error);
    throw new ContractError('CONTRACT_UNREADABLE', file, `The contract ${file} cannot be read: ${message}.`, {
      cause: error,
    });
  }
}

function notFound(file: string, cause: unknown): ContractError {
  const names = [...BUILTINS.keys()].join(', ');
  const hint = didYouMean(file, BUILTINS.keys());
  const message = `There is no contract ${file}: no such file, and the built-in contracts are ${names}.`;
  return new ContractError('CONTRACT_NOT_FOUND', file, hint === undefined ? message : `${message} ${hint}`, {
    cause,
  });
}

function parseJson(text: string, file: string): unknown {
  try {
    // Editors on Windows write a byte order mark; JSON.parse refuses it.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const { message } = error as SyntaxError;
    throw new ContractError('CONTRACT_NOT_JSON', file, `The contract ${file} is not JSON: ${message}.`, {
      cause: error,
    });
  }
}
