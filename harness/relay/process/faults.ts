import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeSync } from 'node:fs';
import type { RelayFault } from '../plan.js';
import type { Connections } from './connections.js';
import { replyEndlessly } from './endless-reply.js';
import { fillStderr } from './fill-stderr.js';
import type { Guard } from './guard.js';
import type { Listener } from './listener.js';
import { PANIC_EXIT_CODE, PANIC_TEXT } from './panic-text.js';
import type { Plugin } from './plugin.js';

/** What faults befall. */
export interface FaultTarget {
  readonly connections: Connections;
  readonly guard: Guard;
  readonly listener: Listener;
  readonly plugin: Plugin;
  /** Ends the plugin and this process at once. */
  exit(code: number): void;
}

type FaultOf<Kind> = Extract<RelayFault, { kind: Kind }>;
/** Checks whether it can be had, and gives what does it. */
type Fault<Kind> = (target: FaultTarget, fault: FaultOf<Kind>) => () => void | Promise<void>;

/** No version, no type, no flags that yamux has. */
const NO_HEADER = new Uint8Array(12).fill(0xff);

const STDERR = 2;

const FAULTS: { readonly [Kind in RelayFault['kind']]: Fault<Kind> } = {
  signal:
    ({ plugin }, { signal }) =>
    () =>
      void process.kill(plugin.pid, signal),
  exit:
    (target, { code }) =>
    () =>
      target.exit(code),
  panic: (target) => () => {
    writeSync(STDERR, PANIC_TEXT);
    target.exit(PANIC_EXIT_CODE);
  },
  close: ({ connections }) => {
    requireHost(connections);
    return () => connections.close();
  },
  'half-close': ({ connections }) => {
    requireHost(connections);
    return () => connections.halfClose();
  },
  reset: ({ connections, listener }) => {
    // A unix socket knows no RST. Unread data acts as one, and whether there is any cannot be known here.
    if (listener.network !== 'tcp')
      throw new Error('Only a tcp connection can be reset: plan({ network: "tcp" }).');
    requireHost(connections);
    return () => connections.reset();
  },
  silence:
    ({ connections }) =>
    () =>
      connections.silence(),
  drip:
    ({ connections }) =>
    () =>
      connections.drip(),
  corrupt: ({ connections: { links } }) => {
    if (links.length === 0) throw new Error('No connection is relayed to the plugin.');
    return async () => {
      await Promise.all(links.map(({ link }) => link.down.insert(NO_HEADER)));
    };
  },
  'endless-reply': ({ connections }) => {
    const { repliesHeld, latestRequest } = connections;
    if (!repliesHeld || !latestRequest)
      throw new Error('No reply is held: holdReplies(), and then a request has to come from the host.');
    return () => replyEndlessly(connections, latestRequest);
  },
  'unlink-socket': ({ listener }) => {
    if (listener.network !== 'unix')
      throw new Error('There is no socket file to remove: the network is tcp.');
    return () => rmSync(listener.address);
  },
  'fill-stderr':
    ({ guard }, { bytes }) =>
    () =>
      fillStderr(bytes, guard),
  'child-dies': () => childDies,
};

/**
 * @param began - called when it can be had, and is about to be done
 * @throws Error when the fault cannot be had now
 */
export async function doFault<Kind extends RelayFault['kind']>(
  fault: FaultOf<Kind> & { readonly kind: Kind },
  target: FaultTarget,
  began: () => void,
): Promise<void> {
  const act = FAULTS[fault.kind](target, fault);
  began();
  await act();
}

async function childDies(): Promise<void> {
  const child = spawn('sleep', ['60'], { stdio: 'inherit' });
  await once(child, 'spawn');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

function requireHost({ count }: Connections): void {
  if (count === 0) throw new Error('No host is connected to the plugin.');
}
