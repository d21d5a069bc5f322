import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadContract } from '../../../harness/contract/index.js';
import { BEHAVIOURS } from './behaviours.js';
import { WatchedError } from './errors.js';
import type { Orders } from './main.js';
import { netrpcOnly } from './netrpc-only.js';

export interface WatchedOptions extends Orders {
  /** The executable to write. */
  readonly path: string;
}

/** Linux reads no more of a script's first line, the line feed included (BINPRM_BUF_SIZE, execve(2)). */
const MAX_SHEBANG_BYTES = 255;

/** The program that every watched plugin runs. */
const MAIN = new URL('./main.js', import.meta.url);

/**
 * Writes an executable that is a mock of the contract's net/rpc plugins with one behaviour, and appends to `record`
 * what its host does to it. It needs nothing of its environment and arguments.
 *
 * @throws WatchedError; ContractError when the contract cannot be read
 */
export async function writeWatched({ path, ...given }: WatchedOptions): Promise<void> {
  const { contract, record, behaviour } = given;
  if (!Object.hasOwn(BEHAVIOURS, behaviour)) {
    const known = Object.keys(BEHAVIOURS).join(', ');
    throw new WatchedError('WATCHED_BEHAVIOUR', `There is no behaviour ${behaviour}; there are ${known}.`);
  }
  // The plugin's cwd is another one; the built-in contracts are known by name everywhere.
  const place = /[./\\]/.test(contract) ? resolve(contract) : contract;
  netrpcOnly(await loadContract(place));
  const orders: Orders = { ...given, contract: place, record: resolve(record) };
  // import() is there in modules and in CommonJS: which of them a file is depends on the folder that it lies in.
  const body = `import(${json(mainUrl())}).then((main) => main.runWatched(${json(orders)}));`;
  writeExecutable(path, `${shebang(process.execPath)}\n${body}\n`);
}

/** @throws WatchedError `WATCHED_INTERPRETER` */
function shebang(node: string): string {
  const line = `#!${node}`;
  // What follows a blank would be an argument.
  if (Buffer.byteLength(line) < MAX_SHEBANG_BYTES && !/\s/.test(node)) return line;
  throw new WatchedError(
    'WATCHED_INTERPRETER',
    `${node} cannot stand in the first line of a script: it has a blank in it, or more than ${MAX_SHEBANG_BYTES} bytes. Run a Node with another path.`,
  );
}

function mainUrl(): string {
  if (existsSync(MAIN)) return MAIN.href;
  throw new WatchedError(
    'WATCHED_NOT_BUILT',
    `There is no ${fileURLToPath(MAIN)}: a watched plugin is run by Node, which needs JavaScript. Build first.`,
  );
}

/** Synchronously: a file that a fork of this process has open for writing cannot be executed (ETXTBSY, execve(2)). */
function writeExecutable(path: string, text: string): void {
  try {
    writeFileSync(path, text, { mode: 0o755, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new WatchedError('WATCHED_EXISTS', `${path} is there already; it was left as it is.`, {
      cause: error,
    });
  }
}

function json(value: unknown): string {
  return JSON.stringify(value);
}
