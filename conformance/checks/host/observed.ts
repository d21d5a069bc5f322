import {
  BEHAVIOURS,
  type BehaviourName,
  type WatchedEventName,
  type WatchedEventOf,
  type WatchedRun,
} from '../../../mocks/plugins/index.js';
import type { HostRun } from '../../hosts/index.js';
import type { CheckOutcome, HostContext } from '../check.js';
import { failed, inconclusive, notApplicable, passed } from '../outcomes.js';
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
  // What a plugin says in its panic may be handed on by a host that then ends well.
  if (ended.code === 0) return undefined;
  for (const text of [stderr, stdout]) {
    const words = LAST_WORDS.exec(text);
    if (words) return `exit code ${ended.code}: ${text.slice(words.index).split('\n', 1)[0] ?? ''}`;
  }
  return undefined;
}

/** What a plugin has to have come to before its behaviour can trouble a host; its launch for those that are not here. */
const TROUBLE_BEGINS: Partial<
  Record<BehaviourName, { readonly at: WatchedEventName; readonly else: string }>
> = {
  ...Object.fromEntries(
    (['dies-in-call', 'exits-in-call', 'wrong-reply-type', 'error-answers', 'floods-stderr'] as const).map(
      (behaviour) => [behaviour, { at: 'call', else: 'The host never called the plugin.' }],
    ),
  ),
  'leaves-a-child': { at: 'child', else: 'The plugin never got so far as to start a process.' },
};

/** That the host never saw what the plugin does; undefined when it did. */
export function notReached(run: HostRun, behaviour: BehaviourName): CheckOutcome | undefined {
  const { at, else: why } = TROUBLE_BEGINS[behaviour] ?? {
    at: 'launched',
    else: 'The plugin was never run.',
  };
  return eventsOf(run.record, at).length > 0 ? undefined : inconclusive(why);
}

/** That a host does not end by itself with a good plugin either: of how it ends nothing can be seen. */
export async function runsOn({ host, attempt }: HostContext): Promise<CheckOutcome | undefined> {
  // One with an adapter is told to.
  if (host.options.adapter) return undefined;
  const { ended } = await host.observe({ behaviour: 'good' }, attempt);
  return ended ? undefined : notApplicable('the host does not end by itself');
}

/** A host that ends with a good plugin, and not with this one. */
export function neverEnds(run: HostRun, { host }: HostContext, expected: string): CheckOutcome {
  const { stopMs } = host.budgets;
  return failed({
    message: 'The host does not end.',
    expected,
    actual: host.options.adapter
      ? `it was still running ${2 * stopMs} ms after it was told to shut down`
      : `it was still running, and had done nothing to the plugin for ${host.idleMs} ms`,
    evidence: evidenceOfHost(run, {
      seen: run.children.during.map(({ pid, command }) => `its process ${pid}: ${command}`),
    }),
    byTime: true,
  });
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
