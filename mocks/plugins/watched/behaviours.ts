import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { INT, STRING } from '../../../harness/gob/index.js';
import { ENV_PROTOCOL_VERSIONS } from '../../../harness/handshake/index.js';
import type { Behaviour } from './behaviour.js';
import { DISASTROUS_LOG, FLOOD, ODD_LOG, OUTPUT } from './output.js';
import { replaceField } from './replace-field.js';
import { stop } from './stop.js';
import { writeAll } from './write-all.js';

const STDOUT = 1;
const STDERR = 2;

/** Fields of the handshake line, counted from 0. */
const APP_VERSION = 1;
const ADDRESS = 3;

const START_MS = 3_000;
const STOP_AFTER_MS = 200;
const CLOSE_AFTER_MS = 100;

/** A go-plugin host kills two seconds after Quit (client.go, `Kill`). */
const CLEAN_UP_MS = 1_000;

/** A child that nobody ends does so itself. */
const CHILD_MS = 60_000;

const refuse = (): never => {
  throw new Error('the watched plugin cannot be set up');
};

const unfinished = (): string => join(tmpdir(), `unfinished-${process.pid}`);

const never = (): Promise<never> => new Promise(() => {});

/** What a watched plugin can do to a host, by name. `good` does nothing that it should not. */
export const BEHAVIOURS = {
  good: { title: 'keeps every promise' },
  'exits-before-handshake': {
    title: 'writes an error to stderr and exits with 1 before the handshake',
    beforeListening() {
      process.stderr.write('cannot start: the configuration is missing\n');
      process.exit(1);
    },
  },
  'never-shakes-hands': { title: 'runs and never prints a handshake', announce: () => null },
  'garbage-handshake': {
    title: 'prints a line that is no handshake where the handshake belongs',
    announce: () => 'Welcome! This plugin is starting.',
  },
  'other-version': {
    title: 'announces an app protocol version that was not offered',
    announce(line) {
      const offered = (process.env[ENV_PROTOCOL_VERSIONS] ?? '').split(',').map(Number);
      const own = Number(line.split('|')[APP_VERSION]);
      return replaceField(line, APP_VERSION, () =>
        String(Math.max(own, ...offered.filter(Number.isInteger)) + 1),
      );
    },
  },
  'announces-dead-address': {
    title: 'announces an address at which nobody listens',
    announce: (line) => replaceField(line, ADDRESS, (address) => `${address}-gone`),
  },
  'slow-start': { title: `shakes hands after ${START_MS} ms`, beforeListening: () => delay(START_MS) },
  'dies-in-call': {
    title: 'is killed (SIGKILL) in the first call',
    async beforeAnswer() {
      process.kill(process.pid, 'SIGKILL');
      await never();
    },
  },
  'exits-in-call': { title: 'exits with 0 in the first call', beforeAnswer: () => process.exit(0) },
  'hangs-in-call': {
    title: 'never answers the first call, and answers pings',
    beforeAnswer: async (n) => (n === 0 ? never() : undefined),
  },
  'error-answers': {
    title: 'answers every call with an error',
    beforeAnswer() {
      throw new Error('the watched plugin answers every call with an error');
    },
  },
  'once-fails': {
    title: 'answers methods that are called once with an error, and all others as it should',
    handlers: ({ plugins }) =>
      Object.fromEntries(
        [...plugins.values()]
          .flatMap(({ methods }) => [...methods.values()])
          .filter(({ once }) => once)
          .map(({ name }) => [name, refuse]),
      ),
  },
  'wrong-reply-type': {
    title: 'answers with a value of a type that gob cannot decode into the reply',
    reply: ({ kind }) =>
      kind === 'string' ? { type: INT, value: 1 } : { type: STRING, value: 'not this type' },
  },
  stops: {
    title: `stops (SIGSTOP) ${STOP_AFTER_MS} ms after the first answer`,
    afterAnswer(n) {
      if (n === 0) setTimeout(stop, STOP_AFTER_MS);
    },
  },
  'closes-connection': {
    title: `closes the connection ${CLOSE_AFTER_MS} ms after the first answer, and lives on`,
    afterAnswer(n, plugin) {
      if (n === 0) setTimeout(() => plugin.breakConnections(), CLOSE_AFTER_MS);
    },
  },
  'outlives-its-host': {
    title: 'ends when it is asked to, and goes on when its host is gone, as a stock plugin does',
    end: (reason, plugin, end) => (reason === 'host-gone' ? plugin.boundLife() : end()),
  },
  'ignores-quit': {
    title: 'goes on after Quit, SIGTERM and the death of its host',
    end: (_reason, plugin) => plugin.boundLife(),
  },
  'slow-quit': {
    title: `has a file that it removes ${CLEAN_UP_MS} ms after Quit, before it ends`,
    beforeListening: () => writeFileSync(unfinished(), ''),
    async end(reason, { recorder }, end) {
      // Its host may well be gone before it is done.
      if (reason === 'host-gone' && recorder.hasTold('quit')) return;
      if (reason !== 'quit') return end();
      await delay(CLEAN_UP_MS);
      const file = unfinished();
      rmSync(file, { force: true });
      recorder.tell('cleaned-up', { file });
      end();
    },
  },
  'floods-stderr': {
    title: `writes ${FLOOD.length} bytes to stderr in the first call, before it answers`,
    beforeAnswer: async (n) => (n === 0 ? writeAll(STDERR, FLOOD) : undefined),
  },
  'odd-logs': {
    title: 'logs JSON that is not hclog’s, broken JSON and a line of 200 KiB',
    afterHandshake: () => writeAll(STDERR, ODD_LOG),
  },
  'non-string-log-fields': {
    title: 'logs JSON whose @message, @level and @timestamp are no strings',
    afterHandshake: () => writeAll(STDERR, DISASTROUS_LOG),
  },
  'chatty-stdout': {
    title: `writes ${OUTPUT.length} bytes to the real stdout after the handshake`,
    afterHandshake: () => writeAll(STDOUT, OUTPUT),
  },
  'leaves-a-child': {
    title: 'starts a process that holds stdout and stderr, and leaves it behind',
    afterHandshake({ recorder }) {
      const child = spawn(process.execPath, ['-e', `setTimeout(() => {}, ${CHILD_MS})`], {
        stdio: ['ignore', STDOUT, STDERR],
      });
      child.unref();
      if (child.pid !== undefined) recorder.tell('child', { childPid: child.pid });
    },
  },
} as const satisfies Readonly<Record<string, Behaviour>>;

export type BehaviourName = keyof typeof BEHAVIOURS;
