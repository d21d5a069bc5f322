import {
  BEHAVIOURS,
  type BehaviourName,
  type WatchedEventName,
  type WatchedEventOf,
  type WatchedRun,
} from '../../../mocks/plugins/index.js';
import type { HostRun } from '../../hosts/index.js';
import type { CheckOutcome } from '../check.js';
import { failed, passed } from '../outcomes.js';
import { evidenceOfHost } from './host-check.js';

/** All events of that name, over all launches. */
export function eventsOf<N extends WatchedEventName>(
  record: readonly WatchedRun[],
  name: N,
): WatchedEventOf<N>[] {
  return record.flatMap(({ events }) =>
    events.filter((event): event is WatchedEventOf<N> & (typeof events)[number] => event.event === name),
  );
}

/** How a process of the Go runtime, of Node or of Python says that it dies of a mistake of its own. */
const LAST_WORDS =
  /^(?:panic: |fatal error: |goroutine \d+ \[|Traceback \(most recent call last\)|(?:\w+)?Error: .*\n +at )/m;

/** Why a host's end is none that it chose; undefined when it is. */
export function deathOf({ ended, stderr, stdout }: HostRun): string | undefined {
  if (!ended) return undefined;
  if (ended.signal !== null && ended.signal !== 'SIGTERM') return `it was ended by ${ended.signal}`;
  const words = LAST_WORDS.exec(stderr) ?? LAST_WORDS.exec(stdout);
  return words ? `exit code ${ended.code}: ${lineAt(stderr || stdout, words.index)}` : undefined;
}

function lineAt(text: string, index: number): string {
  return text.slice(index).split('\n', 1)[0] ?? '';
}

/** A host may give up a bad plugin in any way but by dying of it, and leaves nothing of it. */
export function survived(run: HostRun, behaviour: BehaviourName): CheckOutcome {
  const death = deathOf(run);
  if (death !== undefined) {
    return failed({
      message: `The host dies of a plugin that ${BEHAVIOURS[behaviour].title}.`,
      expected: 'it says what is wrong, and goes on or ends in order',
      actual: death,
      evidence: evidenceOfHost(run),
    });
  }
  return passed();
}

/** Plugins, and what they started, that outlive their host. */
export function leftBehind(run: HostRun): CheckOutcome {
  const left = run.children.after ?? [];
  if (left.length === 0) return passed();
  return failed({
    message: 'The host is gone and its plugin lives on.',
    expected: 'no process is left',
    actual: left.map(({ pid, command }) => `${command} (pid ${pid})`).join(', '),
    evidence: evidenceOfHost(run),
  });
}
