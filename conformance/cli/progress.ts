import { escapeControls } from '../../harness/quote.js';
import { cutToColumns, type CheckResult } from '../report/index.js';

/** What is seen of a run while it runs. */
export interface Progress {
  started(subject: string, key: string): void;
  finished(subject: string, result: CheckResult): void;
  /** Calls that fuzzing has made. */
  called(count: number): void;
  /** Takes away what must not stand there any more. Safe to call again. */
  stop(): void;
}

/** How often the live line is drawn again, in ms. */
const REDRAW_MS = 100;
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Back to the first column, and clear the line (ECMA-48: EL 2). */
const CLEAR = '\r\u001b[2K';

/** One line that changes, on a terminal. */
function liveProgress(stream: NodeJS.WriteStream): Progress {
  const running = new Set<string>();
  let done = 0;
  let failures = 0;
  let frame = 0;
  let calls = 0;
  let firstCall = 0;
  const rate = (): number => Math.round((1000 * calls) / Math.max(1, performance.now() - firstCall));
  const draw = (): void => {
    frame = (frame + 1) % FRAMES.length;
    const newest = [...running].at(-1) ?? '';
    const failed = failures === 0 ? '' : `, ${failures} failed`;
    const fuzzed = calls === 0 ? '' : `  ${calls} calls, ${rate()} a second`;
    const line = escapeControls(`${FRAMES[frame]} ${done} done${failed}${fuzzed}  ${newest}`);
    // One column stays free: a full line would wrap, and what has wrapped is not cleared.
    stream.write(`${CLEAR}${cutToColumns(line, (stream.columns || 80) - 1)}`);
  };
  let timer: NodeJS.Timeout | undefined = setInterval(draw, REDRAW_MS);
  return {
    started: (subject, key) => running.add(`${key}  ${subject}`),
    finished: (subject, result) => {
      running.delete(`${result.key}  ${subject}`);
      done += 1;
      if (isFinding(result)) failures += 1;
    },
    called: (count) => {
      if (calls === 0) firstCall = performance.now();
      calls += count;
    },
    stop: () => {
      if (timer === undefined) return;
      clearInterval(timer);
      timer = undefined;
      stream.write(CLEAR);
    },
  };
}

/** A line for each result as it comes, where nobody watches a terminal. */
function plainProgress(stream: NodeJS.WritableStream): Progress {
  let stopped = false;
  return {
    started: () => {},
    finished: (subject, { key, outcome, blockedBy }) => {
      if (stopped) return;
      stream.write(`${escapeControls(`${subject}: ${blockedBy ? 'not reached' : outcome} ${key}`)}\n`);
    },
    called: () => {},
    stop: () => {
      stopped = true;
    },
  };
}

const NO_PROGRESS: Progress = { started: () => {}, finished: () => {}, called: () => {}, stop: () => {} };

function isFinding({ outcome, blockedBy, level }: CheckResult): boolean {
  return outcome === 'failed' && blockedBy === null && level !== 'may';
}

/** On stderr: the live line on a terminal; elsewhere, and in a CI, nothing unless asked for with --verbose. */
export function progressFor({
  quiet,
  verbose,
}: {
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}): Progress {
  if (quiet) return NO_PROGRESS;
  const { stderr, env } = process;
  if (stderr.isTTY && !env['CI'] && env['TERM'] !== 'dumb') return liveProgress(stderr);
  return verbose ? plainProgress(stderr) : NO_PROGRESS;
}
