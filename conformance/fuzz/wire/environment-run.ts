import {
  handshakeEnvironment,
  HandshakeError,
  parseHandshake,
  type HandshakeExpectations,
} from '../../../harness/handshake/index.js';
import { launchProcess, type LaunchedProcess } from '../../../harness/launch/index.js';
import { PANIC, type Subject } from '../../subject/index.js';
import type { EnvironmentCase } from './wire-case.js';

/** What came of a launch with a mutated environment. */
export type EnvironmentOutcome =
  | { readonly kind: 'shook-hands'; readonly line: string }
  | { readonly kind: 'ended'; readonly text: string }
  | {
      readonly kind: 'failed';
      readonly text: string;
      readonly byTime: boolean;
      readonly stderr: string;
      readonly stdout: string;
    };

/** An end that no program chooses. */
const FAULTS: readonly string[] = ['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGFPE'];

/** How long after the handshake line a process may take to be seen to have died of it, in ms. */
const AFTERMATH_MS = 20;

/** As much of an output as stands in a report. */
const SHOWN = 2_000;

/** Starts the plugin with a mutated environment, and ends it when it has shown what it makes of it. */
export async function runEnvironmentCase(
  subject: Subject,
  { env }: EnvironmentCase,
): Promise<EnvironmentOutcome> {
  const { command, contract, inheritEnv, budgets } = subject.options;
  const { magicCookieKey: key, magicCookieValue: value, protocolVersions: versions } = contract.handshake;
  if (contract.exclusive) await subject.endPlugins();
  const honest = handshakeEnvironment({ cookie: { key, value }, versions });
  const mutated = Object.fromEntries(Object.entries(env).map(([name, text]) => [name, text ?? undefined]));
  const process = await launchProcess({
    command,
    env: { ...subject.options.env, ...honest, ...mutated },
    inheritEnv,
  });
  try {
    return await watch(process, budgets.refuseMs);
  } finally {
    await process.end();
  }
}

async function watch(process: LaunchedProcess, timeoutMs: number): Promise<EnvironmentOutcome> {
  const line = await firstLine(process, timeoutMs);
  if (line !== undefined) await within(process.exit, AFTERMATH_MS);
  else if (!process.exited)
    return failed(process, `it neither shook hands nor ended within ${timeoutMs} ms`, true);
  await within(process.exited ? process.outputClosed : Promise.resolve(), 200);
  const panic = PANIC.exec(process.stderr.text());
  const { exited } = process;
  if (exited && panic) return failed(process, `it died of ${panic[0]}`);
  if (exited?.signal && FAULTS.includes(exited.signal))
    return failed(process, `it was ended by ${exited.signal}`);
  if (line === undefined) return whatIsLeft(process);
  try {
    parseHandshake(line, anyHandshake(process));
    return { kind: 'shook-hands', line };
  } catch (error) {
    if (!(error instanceof HandshakeError)) throw error;
    // What ends by itself may say so on stdout, where no host takes it for a handshake.
    if (exited) return whatIsLeft(process);
    return failed(process, `its handshake line cannot be read: ${error.message}`);
  }
}

/** The version may be one that no host offered; a certificate may be there or not. */
function anyHandshake({ folders: { cwd } }: LaunchedProcess): HandshakeExpectations {
  return { versions: null, protocols: ['netrpc', 'grpc'], multiplex: true, autoMtls: true, cwd };
}

/** A process that ended by itself leaves neither children nor files. */
async function whatIsLeft(process: LaunchedProcess): Promise<EnvironmentOutcome> {
  const files = await process.filesLeft();
  const children = await process.descendants();
  const { exited } = process;
  const how = exited?.signal ?? `exit code ${exited?.code}`;
  const [file] = files;
  if (file) return failed(process, `it ended (${how}) and left ${file.kind} ${file.folder}/${file.path}`);
  const [child] = children;
  if (child) return failed(process, `it ended (${how}) and left the process ${child.command}`);
  return { kind: 'ended', text: how };
}

function failed(process: LaunchedProcess, text: string, byTime = false): EnvironmentOutcome {
  return {
    kind: 'failed',
    text,
    byTime,
    stderr: process.stderr.text().slice(0, SHOWN),
    stdout: process.stdout.text().slice(0, SHOWN),
  };
}

/** `undefined` when the process ends before there is one, or time is over. */
function firstLine(process: LaunchedProcess, timeoutMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    let text = '';
    const settle = (line: string | undefined): void => {
      clearTimeout(timer);
      stop();
      resolve(line);
    };
    const timer = setTimeout(() => settle(undefined), timeoutMs);
    let stop = (): void => {};
    void process.exit.then(() => within(process.stdout.end, 200)).then(() => settle(undefined));
    stop = process.stdout.onChunk((chunk) => {
      text += chunk.toString('latin1');
      const end = text.indexOf('\n');
      if (end >= 0 || text.length > 2 * 64 * 1024)
        queueMicrotask(() => settle(text.slice(0, Math.max(0, end))));
    });
  });
}

async function within(promise: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([
    promise,
    new Promise((resolve) => {
      timer = setTimeout(resolve, ms);
    }),
  ]);
  clearTimeout(timer);
}
