import { escapeControls } from '../../harness/quote.js';
import type { CheckResult } from '../report/index.js';

/** What is seen of a run while it runs. */
export interface Progress {
  started(subject: string, key: string): void;
  finished(subject: string, result: CheckResult): void;
  /** Takes away what must not stand there any more. */
  stop(): void;
}

/** How often the live line is drawn again, in ms. */
const REDRAW_MS = 100;
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** One line that changes, on a terminal. */
export function liveProgress(stream: NodeJS.WriteStream): Progress {
  const running = new Set<string>();
  let done = 0;
  let failures = 0;
  let frame = 0;
  const draw = (): void => {
    frame = (frame + 1) % FRAMES.length;
    const newest = [...running].at(-1) ?? '';
    const failed = failures === 0 ? '' : `, ${failures} failed`;
    const line = `${FRAMES[frame]} ${done} done${failed}  ${newest}`.slice(0, (stream.columns || 80) - 1);
    stream.write(`\r\u001b[2K${escapeControls(line)}`);
  };
  const timer = setInterval(draw, REDRAW_MS);
  return {
    started: (subject, key) => running.add(`${subject} ${key}`),
    finished: (subject, result) => {
      running.delete(`${subject} ${result.key}`);
      done += 1;
      if (result.outcome === 'failed' && result.blockedBy === null && result.level !== 'may') failures += 1;
    },
    stop: () => {
      clearInterval(timer);
      stream.write('\r\u001b[2K');
    },
  };
}

/** A line for each failure as it is found, where nobody watches a terminal. */
export function plainProgress(stream: NodeJS.WritableStream, verbose: boolean): Progress {
  return {
    started: () => {},
    finished: (subject, { key, outcome, blockedBy, level }) => {
      const finding = outcome === 'failed' && blockedBy === null && level !== 'may';
      if (finding || verbose) stream.write(escapeControls(`${subject}: ${blockedBy ? 'blocked' : outcome} ${key}`) + '\n');
    },
    stop: () => {},
  };
}

export const NO_PROGRESS: Progress = { started: () => {}, finished: () => {}, stop: () => {} };
