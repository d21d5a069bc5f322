import { existsSync } from 'node:fs';
import { connectSocket } from '../../harness/client/index.js';
import type { Budgets, Farewell } from '../subject/index.js';
import type { CheckOutcome, PluginCheck } from './check.js';
import { DISPENSED } from './needs.js';
import { evidenceOf, exitText, failed, passed, within } from './outcomes.js';

const QUIT = 'lifecycle/quit-ends-process';

/** A promise about what is left of a plugin that was used and then asked to end. */
function farewellCheck(
  facts: Omit<PluginCheck, 'target' | 'run'>,
  judge: (farewell: Farewell, budgets: Budgets) => CheckOutcome,
  quits: number = 1,
): PluginCheck {
  return {
    ...facts,
    target: 'plugin',
    async run({ subject, attempt }) {
      const farewell = quits === 1 ? await subject.farewell(attempt) : await subject.bidFarewell(quits);
      return judge(farewell, subject.budgets);
    },
  };
}

const quitEndsProcess = farewellCheck(
  {
    id: QUIT,
    title: 'Asked to Quit, its process ends within 2 s',
    level: 'must',
    needs: DISPENSED,
    reference: 'go-plugin client.go, Kill: 2000 ms of grace, then SIGKILL',
    why: 'The host kills it in the middle of whatever it is doing: data that was not written is lost, and its socket stays.',
    fix: 'Return from main when plugin.Serve returns; end what runs beside it.',
  },
  ({ plugin, ended }, { quitMs }) =>
    ended
      ? passed()
      : failed({
          message: 'The plugin goes on after Quit.',
          expected: `the process has ended within ${quitMs} ms`,
          actual: 'still running',
          evidence: evidenceOf(plugin),
          byTime: true,
        }),
);

const quitExitCode = farewellCheck(
  {
    id: 'lifecycle/quit-exit-code',
    title: 'After Quit it exits with code 0',
    level: 'should',
    needs: [...DISPENSED, QUIT],
    reference: 'go-plugin server.go, Serve',
    why: 'A host logs “plugin process exited” as an error when everything went as asked.',
    fix: 'Return from main, or exit with 0, after Serve.',
  },
  ({ plugin }) =>
    plugin.process.exited?.code === 0
      ? passed()
      : failed({
          message: 'The plugin ends with an error although it was asked to end.',
          expected: 'exit code 0',
          actual: exitText(plugin),
          evidence: evidenceOf(plugin),
        }),
);

const quitTwice = farewellCheck(
  {
    id: 'lifecycle/quit-twice',
    title: 'Asked to Quit twice at once, it ends as it does when asked once',
    level: 'should',
    needs: [...DISPENSED, QUIT, 'lifecycle/quit-exit-code'],
    reference: 'hashicorp/go-plugin#22: close of closed channel',
    why: 'Two parts of a host may end a plugin at the same moment; a panic in the log looks like a crash.',
    fix: 'Make the second Quit do nothing.',
  },
  ({ plugin, ended }, { quitMs }) =>
    ended && plugin.process.exited?.code === 0
      ? passed()
      : failed({
          message: 'Two Quits at once are one too many.',
          expected: `exit code 0 within ${quitMs} ms`,
          actual: exitText(plugin),
          evidence: evidenceOf(plugin),
          byTime: !ended,
        }),
  2,
);

const socketRemoved = farewellCheck(
  {
    id: 'lifecycle/socket-removed',
    title: 'After Quit no socket of it is left',
    level: 'should',
    needs: [...DISPENSED, QUIT],
    reference: 'hashicorp/go-plugin#119, turbot/steampipe#3292, hashicorp/nomad#2019',
    why: 'Hosts that start plugins again and again fill the temp folder with dead sockets.',
    fix: 'Close the listener before the process ends; remove sockets of your own.',
  },
  ({ plugin, filesLeft }) => {
    const left = filesLeft.filter(({ kind }) => kind === 'socket');
    if (left.length === 0) return passed();
    return failed({
      message: 'The plugin leaves a socket behind.',
      expected: 'no socket in the temp folder',
      actual: left.map(({ path }) => path).join(', '),
      evidence: evidenceOf(plugin),
    });
  },
);

const tempFolderClean = farewellCheck(
  {
    id: 'lifecycle/temp-folder-clean',
    title: 'After Quit nothing of it is left in the temp folder',
    level: 'should',
    needs: [...DISPENSED, QUIT],
    reference: 'hashicorp/go-plugin#119',
    why: 'Temp folders of long-lived hosts grow until the disk is full.',
    fix: 'Remove temp files when Serve returns.',
  },
  ({ plugin, filesLeft }) => {
    const left = filesLeft.filter(({ folder, kind }) => folder === 'tmp' && kind !== 'socket');
    if (left.length === 0) return passed();
    return failed({
      message: 'The plugin leaves files behind.',
      expected: 'an empty temp folder',
      actual: left
        .slice(0, 10)
        .map(({ path, kind }) => `${path} (${kind})`)
        .join(', '),
      evidence: evidenceOf(plugin),
    });
  },
);

const noProcessLeft = farewellCheck(
  {
    id: 'lifecycle/no-process-left',
    title: 'After Quit no process that it started is left',
    level: 'must',
    needs: [...DISPENSED, QUIT],
    reference: 'hashicorp/go-plugin#136; a grandchild that holds stdout blocks the host’s Kill for ever',
    why: 'The host believes the plugin gone, and something of it still runs: a port stays taken, and Kill may hang.',
    fix: 'End and wait for child processes when Serve returns.',
  },
  ({ plugin, processesLeft }) => {
    if (processesLeft.length === 0) return passed();
    return failed({
      message: 'A process that the plugin started lives on after it.',
      expected: 'no process is left',
      actual: processesLeft
        .slice(0, 5)
        .map(({ pid, command }) => `${command} (pid ${pid})`)
        .join(', '),
      evidence: evidenceOf(plugin, {
        seen: processesLeft.map(({ pid, command, foundBy }) => `${pid} ${command} (found by ${foundBy})`),
      }),
      byTime: true,
    });
  },
);

const ignoresInterrupt: PluginCheck = {
  id: 'lifecycle/ignores-interrupt',
  target: 'plugin',
  title: 'SIGINT does not end it: Ctrl-C reaches host and plugin alike, and ending is for the host to decide',
  level: 'should',
  needs: DISPENSED,
  reference: 'go-plugin server.go, Serve: eats the interrupts',
  why: 'When a user presses Ctrl-C the host wants to end its work in order; a plugin that is gone first makes that impossible.',
  fix: 'Ignore SIGINT once the handshake is printed.',
  async run({ subject }) {
    const session = await subject.freshSession();
    try {
      await session.connection.ping();
      session.plugin.process.signal('SIGINT');
      if (!(await within(session.plugin.process.exit, subject.budgets.settleMs / 2))) {
        await session.connection.ping();
        return passed();
      }
      return failed({
        message: 'The plugin ends on SIGINT.',
        expected: 'it goes on',
        actual: exitText(session.plugin),
        evidence: evidenceOf(session.plugin),
      });
    } finally {
      await subject.release(session.plugin);
    }
  },
};

const terminates: PluginCheck = {
  id: 'lifecycle/terminates',
  target: 'plugin',
  title: 'On SIGTERM it ends and takes its socket with it',
  level: 'may',
  needs: DISPENSED,
  reference: 'go-plugin handles no SIGTERM: the default ends the process, and the socket file stays',
  why: 'Service managers and containers end processes this way; sockets pile up.',
  fix: 'Handle SIGTERM: close the listener, then exit. Stock go-plugin does not.',
  async run({ subject }) {
    const session = await subject.freshSession();
    const { plugin } = session;
    try {
      plugin.process.signal('SIGTERM');
      const expected = `the process ends within ${subject.budgets.quitMs} ms and leaves no socket`;
      if (!(await within(plugin.process.exit, subject.budgets.quitMs))) {
        return failed({
          message: 'The plugin ignores SIGTERM.',
          expected,
          actual: 'still running',
          evidence: evidenceOf(plugin),
          byTime: true,
        });
      }
      const { address } = await plugin.handshake;
      if (address.network === 'tcp' || !existsSync(address.path)) return passed();
      return failed({
        message: 'The plugin ends on SIGTERM without closing its listener.',
        expected,
        actual: `${exitText(plugin)}; its socket is still there`,
        evidence: evidenceOf(plugin),
      });
    } finally {
      await subject.release(plugin);
    }
  },
};

const hostGone: PluginCheck = {
  id: 'lifecycle/ends-with-host',
  target: 'plugin',
  title: 'When its host is gone, it ends and leaves nothing',
  level: 'may',
  needs: DISPENSED,
  reference:
    'hashicorp/go-plugin#210, distribworks/dkron#247; stock go-plugin lives on under pid 1 until it writes to stderr',
  why: 'Hosts do get killed; plugins without a host pile up until somebody looks.',
  fix: 'When the last connection closes and nobody reads stderr any more, exit. Stock go-plugin does not.',
  async run({ subject }) {
    const session = await subject.freshSession();
    const { plugin, connection } = session;
    try {
      // The pipes first: a dead host's are all closed at the moment at which the plugin notices anything.
      plugin.process.closeOutput();
      connection.destroy();
      const { address, certificate } = await plugin.handshake;
      if (await within(plugin.process.exit, subject.budgets.settleMs)) {
        // Stock go-plugin now and then dies at once, of its first write to a closed stderr.
        if (address.network === 'tcp' || !existsSync(address.path)) return passed();
        return failed({
          message: 'Without a host the plugin dies where it stands.',
          expected: 'the process ends and leaves nothing',
          actual: `${exitText(plugin)}; its socket is still there`,
          evidence: evidenceOf(plugin),
        });
      }
      // It still takes connections: it is not on its way out, however long one waits.
      const serves =
        certificate === null &&
        (await connectSocket(address, { timeoutMs: subject.budgets.timeoutMs }).then(
          (socket) => {
            socket.destroy();
            return true;
          },
          () => false,
        ));
      return failed({
        message: 'The plugin lives on without a host.',
        expected: 'the process ends and leaves nothing',
        actual: serves ? 'it still takes connections' : 'still running',
        evidence: evidenceOf(plugin),
        byTime: !serves,
      });
    } finally {
      await subject.release(plugin);
    }
  },
};

export const LIFECYCLE_CHECKS = [
  quitEndsProcess,
  quitExitCode,
  quitTwice,
  socketRemoved,
  tempFolderClean,
  noProcessLeft,
  ignoresInterrupt,
  terminates,
  hostGone,
];
