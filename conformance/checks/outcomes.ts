import type { LaunchedPlugin } from '../../harness/client/index.js';
import type { HarnessError } from '../../harness/errors.js';
import { toJson, type Value } from '../../harness/value/index.js';
import { PANIC } from '../subject/index.js';
import type { CheckOutcome, Evidence } from './check.js';

export function passed(message?: string): CheckOutcome {
  return message === undefined ? { outcome: 'passed' } : { outcome: 'passed', message };
}

export function failed(
  details: Omit<Extract<CheckOutcome, { message: string; expected: string }>, 'outcome'>,
): CheckOutcome {
  return { outcome: 'failed', ...details };
}

export function blockedBy(id: string): CheckOutcome {
  return { outcome: 'failed', blockedBy: id };
}

export function notApplicable(message: string): CheckOutcome {
  return { outcome: 'not-applicable', message };
}

export function inconclusive(message: string): CheckOutcome {
  return { outcome: 'inconclusive', message };
}

/** How much of an output stands in a report, in characters. */
const SHOWN_OUTPUT = 4_000;

/** What the plugin's process shows at this moment. */
export function evidenceOf(plugin: LaunchedPlugin, more: Evidence = {}): Evidence {
  const { process, tape } = plugin;
  const stderr = process.stderr.text();
  const exit = process.exited;
  return {
    ...(exit ? { exit: exit.signal ?? `exit code ${exit.code}` } : {}),
    ...(stderr ? { stderr: tellingPart(stderr) } : {}),
    tape: tape.lines(),
    ...more,
  };
}

/** The end of an output, or, where Go's runtime says why the process dies, what it says from its first word on. */
function tellingPart(stderr: string): string {
  const panic = stderr.search(PANIC);
  return panic < 0 ? stderr.slice(-SHOWN_OUTPUT) : stderr.slice(panic, panic + SHOWN_OUTPUT);
}

/** A value in a sentence: compact JSON, cut. */
export function show(value: Value): string {
  const text = JSON.stringify(toJson(value));
  return text.length > 300 ? `${text.slice(0, 300)}… (${text.length} characters)` : text;
}

/** How a process ended, for a sentence: `exit code 1`, `SIGSEGV`, or that it still runs. */
export function exitText(plugin: LaunchedPlugin): string {
  const exit = plugin.process.exited;
  if (!exit) return 'still running';
  return exit.signal ?? `exit code ${exit.code}`;
}

/** Resolves with true when the promise does so in time. */
export async function within(promise: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      promise.then(() => true),
      new Promise<false>((resolve) => {
        timer = setTimeout(() => {
          resolve(false);
        }, ms);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether an error only says that something took too long. */
export function isTimeout({ code }: HarnessError): boolean {
  return code === 'RPC_TIMEOUT' || code === 'CONNECTION_TIMEOUT' || code === 'HANDSHAKE_TIMEOUT';
}
