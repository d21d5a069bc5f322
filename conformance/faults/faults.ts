import { setTimeout as delay } from 'node:timers/promises';
import type { RelayRun } from '../../harness/relay/index.js';

/**
 * What a fault amounts to for the host.
 *
 * - `exit`: the process is gone.
 * - `connection`: the process lives, and nobody answers at the other end of the connection.
 * - `hang`: process and connection are there, and nothing comes.
 * - `endless`: an answer begins and never ends; whether anything else works is left open.
 * - `none`: nothing that a host has to mind.
 */
export type Effect = 'exit' | 'connection' | 'hang' | 'endless' | 'none';

export interface Fault {
  readonly name: string;
  /** What happens to the plugin. */
  readonly title: string;
  readonly effect: Effect;
  /** A reset needs TCP. */
  readonly network?: 'unix' | 'tcp';
  /** Makes it happen; resolves when it has. */
  inflict(run: RelayRun): Promise<void>;
}

/** How long a plugin stands still that goes on afterwards, in ms. */
const PAUSE_MS = 300;

/** Twice what fits into a pipe and what most hosts read at a time, in bytes. */
const FLOOD = 1024 * 1024;

const signal =
  (name: NodeJS.Signals) =>
  (run: RelayRun): Promise<void> =>
    run.fault({ kind: 'signal', signal: name });

export const FAULTS = [
  { name: 'kill', title: 'SIGKILL', effect: 'exit', inflict: signal('SIGKILL') },
  {
    name: 'abort',
    title: 'SIGABRT: a Go program prints its goroutines and exits with 2, as in a panic',
    effect: 'exit',
    inflict: signal('SIGABRT'),
  },
  { name: 'terminate', title: 'SIGTERM', effect: 'exit', inflict: signal('SIGTERM') },
  {
    name: 'exit-0',
    title: 'exits with 0, as if it had been asked to',
    effect: 'exit',
    inflict: (run) => run.fault({ kind: 'exit', code: 0 }),
  },
  {
    name: 'exit-1',
    title: 'exits with 1',
    effect: 'exit',
    inflict: (run) => run.fault({ kind: 'exit', code: 1 }),
  },
  {
    name: 'panic',
    title: 'panics inside a method',
    effect: 'exit',
    inflict: (run) => run.fault({ kind: 'panic' }),
  },
  {
    name: 'pause',
    title: `SIGSTOP, and SIGCONT ${PAUSE_MS} ms later`,
    effect: 'none',
    inflict: async (run) => {
      await run.fault({ kind: 'signal', signal: 'SIGSTOP' });
      await delay(PAUSE_MS);
      await run.fault({ kind: 'signal', signal: 'SIGCONT' });
    },
  },
  { name: 'stop', title: 'SIGSTOP for ever', effect: 'hang', inflict: signal('SIGSTOP') },
  {
    name: 'close',
    title: 'closes the connection and lives on',
    effect: 'connection',
    inflict: (run) => run.fault({ kind: 'close' }),
  },
  {
    name: 'half-close',
    title: 'closes its sending half of the connection',
    effect: 'connection',
    inflict: (run) => run.fault({ kind: 'half-close' }),
  },
  {
    name: 'reset',
    title: 'resets the connection (RST, over TCP)',
    effect: 'connection',
    network: 'tcp',
    inflict: (run) => run.fault({ kind: 'reset' }),
  },
  {
    name: 'corrupt',
    title: 'sends bytes that are no yamux frame',
    effect: 'connection',
    inflict: (run) => run.fault({ kind: 'corrupt' }),
  },
  {
    name: 'silence',
    title: 'lives, keeps the connection, and sends nothing more',
    effect: 'hang',
    inflict: (run) => run.fault({ kind: 'silence' }),
  },
  {
    name: 'drip',
    title: 'sends and receives one byte at a time',
    effect: 'none',
    inflict: (run) => run.fault({ kind: 'drip' }),
  },
  {
    name: 'endless-reply',
    title: 'begins a reply that never ends',
    effect: 'endless',
    inflict: (run) => run.fault({ kind: 'endless-reply' }),
  },
  {
    name: 'child-dies',
    title: 'a process that it started dies',
    effect: 'none',
    inflict: (run) => run.fault({ kind: 'child-dies' }),
  },
  {
    name: 'unlink-socket',
    title: 'its socket file is deleted',
    effect: 'none',
    inflict: (run) => run.fault({ kind: 'unlink-socket' }),
  },
  {
    name: 'flood-stderr',
    title: `writes ${FLOOD / 1024 / 1024} MiB to stderr, more than a pipe holds`,
    effect: 'none',
    inflict: (run) => run.fault({ kind: 'fill-stderr', bytes: FLOOD }),
  },
] as const satisfies readonly Fault[];

export type FaultName = (typeof FAULTS)[number]['name'];
