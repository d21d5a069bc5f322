import type { PluginCheck } from './check.js';
import { survivesLostConnection } from './lost-connection.js';
import { DISPENSED } from './needs.js';
import { evidenceOf, exitText, failed, notApplicable, passed, within } from './outcomes.js';
import { NETRPC_ONLY, playedCheck, type Played } from './under-reference-host.js';

const ENDS = 'crash/ends-with-its-process';

/** A ping takes no time at all; this much keeps a busy machine from being taken for a plugin that hangs, ms. */
const PING_MS = 1_000;

/** How many of the slowest calls that were seen a ping may have to wait for. */
const CALLS_BEFORE_PING = 64;

const endsWithItsProcess: PluginCheck = {
  id: ENDS,
  target: 'plugin',
  title:
    'When the process that its host launched is killed, its connection ends, and nothing answers any more',
  level: 'must',
  needs: DISPENSED,
  reference:
    'go-plugin client.go, Kill and Exited: the host knows the process that it launched, and no other',
  why: 'The host takes it for dead and starts another, while the old one goes on: two plugins at work on the same files and devices.',
  fix: 'Serve in the process that the host launches: a shell script ends with exec "$@", a launcher replaces itself.',
  async run({ subject, attempt }) {
    if ((await subject.firstLaunch()).handshake?.protocol === 'grpc') return notApplicable(NETRPC_ONLY);
    const { plugin, closedMs, answers, processesLeft } = await subject.demise(attempt);
    if (closedMs !== undefined && answers === undefined)
      return passed(`its connection ended ${closedMs.toFixed(0)} ms after SIGKILL`);
    return failed({
      message: answers
        ? 'Another process than the one that the host launched serves, and goes on when that one is killed.'
        : 'The process is killed, and its connection does not end: another process has it open.',
      expected: 'its connection ends within a second, and nothing answers any more',
      actual: answers ? `${answers} answers Ping` : 'the connection is open and silent',
      evidence: evidenceOf(plugin, {
        seen: processesLeft.map(({ pid, command, foundBy }) => `${pid} ${command} (found by ${foundBy})`),
      }),
      byTime: !answers,
    });
  },
};

const leavesNoProcess: PluginCheck = {
  id: 'crash/leaves-no-process',
  target: 'plugin',
  title: 'When it is killed, no process that it started lives on',
  level: 'should',
  needs: [...DISPENSED, ENDS, 'lifecycle/no-process-left'],
  reference: 'hashicorp/go-plugin#136: grandchildren survive Kill',
  why: 'A plugin that crashes or is killed cannot tidy up; what it started runs on without anybody who knows of it.',
  fix: 'Give children a pipe to read that ends when the plugin does, or, on Linux, PR_SET_PDEATHSIG (Go: SysProcAttr.Pdeathsig).',
  async run({ subject, attempt }) {
    if ((await subject.firstLaunch()).handshake?.protocol === 'grpc') return notApplicable(NETRPC_ONLY);
    const { plugin, processesLeft } = await subject.demise(attempt);
    if (processesLeft.length === 0) return passed();
    return failed({
      message: 'A process that the plugin started lives on when the plugin is killed.',
      expected: `nothing of it is left ${subject.budgets.settleMs} ms after SIGKILL`,
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
};

const comesBack = playedCheck(
  {
    id: 'crash/comes-back',
    title:
      'Killed or stopped, idle, at work or quitting, it is seen to be Crashed, and starts again with the same HOME',
    level: 'must',
    needs: [...DISPENSED, ENDS],
    reference: 'hashicorp/go-plugin#305, hashicorp/nomad#5891; docs/faults.md',
    why: 'Plugins do crash. One that refuses to start over what its last process left, a lock say, is lost until somebody tidies up by hand.',
    fix: 'Hold locks that end with the process (flock, a listening socket); take a lock file for stale when the process in it is gone.',
  },
  {
    cells: ['kill/idle', 'kill/calls', 'kill/quitting', 'stop/call'],
    // Of the plugin that is stopped for ever, all of it is waited for.
    pingTimeoutMs: (patienceMs, { ms }) => Math.min(patienceMs, PING_MS + CALLS_BEFORE_PING * ms),
    passed: (played) => passed(summary(played)),
  },
);

/** The first fault, and how the reference host and the plugin got over it. */
function summary({ stage, faultAt, names }: Played): string {
  const own = stage.host.changes.filter(({ id }) => id !== stage.witness.id);
  const crashed = own.find(({ to }) => to === 'Crashed')?.at ?? faultAt;
  const again = own.find(({ from, to }) => from === 'Crashed' && to === 'Running')?.at ?? crashed;
  const [toCrash, toStart] = [crashed - faultAt, again - crashed].map((ms) => ms.toFixed(0));
  return `Crashed ${toCrash} ms after SIGKILL, Running again ${toStart} ms later (${names.join(', ')})`;
}

const aborts: PluginCheck = {
  id: 'crash/aborts',
  target: 'plugin',
  title: 'SIGABRT ends it',
  level: 'may',
  needs: DISPENSED,
  reference: 'Go’s runtime prints all goroutines on SIGABRT and exits with 2 (os/signal, Default behavior)',
  why: 'It is how a program that is stuck is made to show where; one that goes on shows nothing.',
  fix: 'Leave SIGABRT to the runtime.',
  async run({ subject }) {
    const { plugin } = await subject.freshSession();
    try {
      plugin.process.signal('SIGABRT');
      if (await within(plugin.process.exit, subject.budgets.quitMs)) return passed(exitText(plugin));
      return failed({
        message: 'The plugin ignores SIGABRT.',
        expected: `the process ends within ${subject.budgets.quitMs} ms`,
        actual: 'still running',
        evidence: evidenceOf(plugin),
        byTime: true,
      });
    } finally {
      await subject.release(plugin);
    }
  },
};

export const CRASH_CHECKS = [endsWithItsProcess, leavesNoProcess, comesBack, aborts, survivesLostConnection];
