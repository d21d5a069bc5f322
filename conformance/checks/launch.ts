import { HandshakeError } from '../../harness/handshake/index.js';
import type { LaunchOptions } from '../../harness/client/index.js';
import type { CheckContext, CheckOutcome, PluginCheck } from './check.js';
import { HANDSHAKE } from './needs.js';
import { evidenceOf, exitText, failed, passed, within } from './outcomes.js';

const COOKIE_REFUSED = /not meant to be executed directly/i;

/** Errors of the first launch that mean: there was no line at all. */
const NO_LINE = new Set(['HANDSHAKE_NO_LINE', 'HANDSHAKE_TIMEOUT']);

/** How long a temp folder's path has to be so that no socket fits into it (sun_path: 108 bytes). */
const LONG_TMPDIR = 120;

const runs: PluginCheck = {
  id: 'launch/runs',
  target: 'plugin',
  title: 'Started as a host starts it, the program prints a line on stdout',
  level: 'must',
  needs: [],
  reference: 'go-plugin client.go, Start (StartTimeout); hashicorp/terraform#25133, turbot/steampipe#4063',
  why: 'A host that gets no line reports “timeout while waiting for plugin to start” or “plugin exited before we could connect”.',
  fix: 'Call plugin.Serve first thing in main, with the magic cookie of the host; do slow work after it.',
  async run({ subject }) {
    const { plugin, error } = await subject.firstLaunch();
    if (!error || !NO_LINE.has(error.code)) return passed();
    const refused = COOKIE_REFUSED.test(plugin.process.stderr.text());
    const { magicCookieKey } = subject.contract.handshake;
    return failed({
      message: refused
        ? `The plugin refuses the magic cookie ${magicCookieKey}: it belongs to another host.`
        : error.message,
      expected: 'a handshake line on stdout',
      actual: refused
        ? `the plugin says that it is not to be run directly (${exitText(plugin)})`
        : error.problem,
      fix: refused
        ? 'Give the cookie of the plugin’s own host with --cookie KEY=VALUE (it stands in the HandshakeConfig), and its contract with --contract FILE, or --contract none.'
        : error.hint,
      evidence: evidenceOf(plugin),
    });
  },
};

const startsInTime: PluginCheck = {
  id: 'launch/starts-in-time',
  target: 'plugin',
  title: 'The handshake comes soon after the start',
  level: 'should',
  needs: HANDSHAKE,
  reference: 'hashicorp/terraform#25133, turbot/steampipe#4063; Mattermost gives a plugin 3 s',
  why: 'On a slow or busy machine a slow start becomes a start that times out.',
  fix: 'Do the work that takes time after the handshake: in the first call that needs it, or in the background.',
  async run({ subject, attempt }) {
    const { slowStartMs } = subject.budgets;
    const plugin = attempt === 0 ? (await subject.firstLaunch()).plugin : await subject.launch();
    await plugin.handshake;
    const took = Math.round(plugin.handshakeMs ?? 0);
    if (took <= slowStartMs) return passed(`${took} ms`);
    return failed({
      message: 'The plugin works for a long time before it listens.',
      expected: `a handshake within ${slowStartMs} ms`,
      actual: `${took} ms`,
      evidence: evidenceOf(plugin),
      byTime: true,
    });
  },
};

/** Runs the plugin where it has to refuse: no handshake, a message, and an exit code that is not 0. */
async function refuses(
  { subject }: CheckContext,
  changes: Partial<LaunchOptions>,
  how: string,
): Promise<CheckOutcome> {
  const plugin = await subject.launch({ ...changes, startTimeoutMs: subject.budgets.refuseMs });
  try {
    const ended = within(plugin.process.exit, subject.budgets.refuseMs);
    const shook = await plugin.handshake.then(
      () => true,
      (error: unknown) => error instanceof HandshakeError && !NO_LINE.has(error.code),
    );
    const expected = 'no handshake, a message on stderr, an exit code other than 0';
    if (shook) {
      const line = plugin.process.stdout.head().toString().split('\n')[0] ?? '';
      return failed({
        message: `The plugin serves anybody who starts it ${how}.`,
        expected,
        actual: `it printed ${JSON.stringify(line.slice(0, 200))}`,
        evidence: evidenceOf(plugin),
      });
    }
    if (!(await ended)) {
      return failed({
        message: `Started ${how}, the plugin neither serves nor ends.`,
        expected,
        actual: `still running after ${subject.budgets.refuseMs} ms`,
        evidence: evidenceOf(plugin),
        byTime: true,
      });
    }
    await within(plugin.process.outputClosed, subject.budgets.settleMs);
    const said = plugin.process.stderr.totalBytes + plugin.process.stdout.totalBytes > 0;
    const code = plugin.process.exited?.code;
    if (said && code !== 0 && code !== null) return passed();
    return failed({
      message: `Started ${how}, the plugin ends without telling a person what it is.`,
      expected,
      actual: `${exitText(plugin)}, ${said ? 'with' : 'without'} a message`,
      evidence: evidenceOf(plugin),
    });
  } finally {
    await subject.release(plugin);
  }
}

const refusesByHand: PluginCheck = {
  id: 'launch/refuses-by-hand',
  target: 'plugin',
  title: 'Run by hand, without the magic cookie, it says that it is a plugin and exits with an error',
  level: 'should',
  needs: HANDSHAKE,
  reference: 'go-plugin server.go, Serve (magic cookie)',
  why: 'Somebody who runs the file from a shell, or a host that runs the wrong file, is left with a process that waits for ever.',
  fix: 'Compare the environment variable of the magic cookie first; if it differs, explain on stderr and exit with code 1.',
  run: (context) => refuses(context, { cookie: null }, 'without the magic cookie'),
};

const refusesWrongCookie: PluginCheck = {
  id: 'launch/refuses-wrong-cookie',
  target: 'plugin',
  title: 'With a wrong value of the magic cookie it refuses to run',
  level: 'should',
  needs: [...HANDSHAKE, 'launch/refuses-by-hand'],
  reference:
    'go-plugin server.go, Serve (magic cookie); mitchellh/go-plugin hosts tell plugin kinds apart by the value',
  why: 'Hosts with the same cookie key and another value would take this plugin for one of theirs.',
  fix: 'Compare the value of the cookie too, not only whether the variable is set.',
  run(context) {
    const { magicCookieKey: key, magicCookieValue } = context.subject.contract.handshake;
    return refuses(
      context,
      { cookie: { key, value: `${magicCookieValue}-other` } },
      'with another cookie value',
    );
  },
};

const longTempFolder: PluginCheck = {
  id: 'launch/long-temp-folder',
  target: 'plugin',
  title: 'In a temp folder whose path is too long for a socket, it works all the same or says why not',
  level: 'may',
  needs: HANDSHAKE,
  reference:
    'hashicorp/terraform#22198, hashicorp/terraform#32787, hashicorp/packer#2091; go-plugin server.go, Serve returns with exit code 0',
  why: 'The host says only “Unrecognized remote plugin message”, and nobody thinks of TMPDIR.',
  fix: 'Exit with an error that names the path, or listen somewhere shorter. Stock go-plugin exits with code 0.',
  async run({ subject }) {
    const { startTimeoutMs, refuseMs } = subject.budgets;
    const plugin = await subject.launch({
      tmpdirMinLength: LONG_TMPDIR,
      startTimeoutMs: Math.min(startTimeoutMs, refuseMs),
    });
    try {
      const error = await plugin.handshake.then(
        () => undefined,
        (reason: unknown) => reason as HandshakeError,
      );
      if (!error) return passed('it shook hands');
      await within(plugin.process.exit, subject.budgets.settleMs);
      const { exited, stderr } = plugin.process;
      if (exited && exited.code !== 0 && stderr.totalBytes > 0)
        return passed(`it said so and ended with ${exitText(plugin)}`);
      return failed({
        message: 'The plugin could not make its socket, and its exit code says that all is well.',
        expected: 'a handshake, or a message on stderr and an exit code other than 0',
        actual: `${error.problem} (${exitText(plugin)})`,
        evidence: evidenceOf(plugin),
      });
    } finally {
      await subject.release(plugin);
    }
  },
};

const closedStdin: PluginCheck = {
  id: 'launch/closed-stdin',
  target: 'plugin',
  title: 'With nothing on stdin (a daemon’s /dev/null) it starts and stays',
  level: 'must',
  needs: HANDSHAKE,
  reference: 'go-plugin client.go, Start: the plugin gets the host’s own stdin, whatever that is',
  why: 'Under a host that runs as a service the plugin ends as soon as it has started.',
  fix: 'Do not read stdin, and do not take its end for the end of the host.',
  async run({ subject }) {
    const plugin = await subject.launch({ stdin: 'closed' });
    try {
      const error = await plugin.handshake.then(
        () => undefined,
        (reason: unknown) => reason as HandshakeError,
      );
      const expected = 'a handshake, and a process that stays';
      if (error) {
        return failed({
          message: 'The plugin does not start when its stdin is at its end.',
          expected,
          actual: error.problem,
          evidence: evidenceOf(plugin),
          byTime: error.code === 'HANDSHAKE_TIMEOUT',
        });
      }
      if (!(await within(plugin.process.exit, subject.budgets.settleMs))) return passed();
      return failed({
        message: 'The plugin ends by itself when its stdin is at its end.',
        expected,
        actual: `it shook hands and ended with ${exitText(plugin)}`,
        evidence: evidenceOf(plugin),
      });
    } finally {
      await subject.release(plugin);
    }
  },
};

export const LAUNCH_CHECKS = [
  runs,
  startsInTime,
  refusesByHand,
  refusesWrongCookie,
  longTempFolder,
  closedStdin,
];
