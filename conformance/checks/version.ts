import type { HandshakeError } from '../../harness/handshake/index.js';
import type { LaunchOptions } from '../../harness/client/index.js';
import type { Subject } from '../subject/index.js';
import type { Evidence, PluginCheck } from './check.js';
import { HANDSHAKE } from './needs.js';
import { evidenceOf, exitText, failed, passed, within } from './outcomes.js';

/** What a plugin made of an offer of versions. */
interface Answer {
  /** The version it announced; `undefined` when it did not shake hands. */
  readonly version: number | undefined;
  readonly problem: string;
  readonly exitCode: number | null | undefined;
  readonly said: boolean;
  readonly ending: string;
  readonly evidence: Evidence;
}

/** A version that no plugin serves. */
const UNSERVED_VERSION = 999_983;

async function offer(subject: Subject, versions: LaunchOptions['versions']): Promise<Answer> {
  const plugin = await subject.launch({ versions, acceptedVersions: null });
  try {
    const result = await plugin.handshake.then(
      (handshake) => ({ version: handshake.protocolVersion, problem: '' }),
      (error: unknown) => ({ version: undefined, problem: (error as HandshakeError).problem }),
    );
    if (result.version === undefined) await within(plugin.process.exit, subject.budgets.settleMs);
    return {
      ...result,
      exitCode: plugin.process.exited?.code,
      said: plugin.process.stderr.totalBytes > 0,
      ending: exitText(plugin),
      evidence: evidenceOf(plugin),
    };
  } finally {
    await subject.release(plugin);
  }
}

const highestCommon: PluginCheck = {
  id: 'version/highest-common',
  target: 'plugin',
  title: 'Offered several versions, it picks the highest that both sides know',
  level: 'must',
  needs: HANDSHAKE,
  reference: 'go-plugin server.go, protocolVersion',
  why: 'A plugin that picks another one speaks an interface that its host does not expect, or hides what it can do.',
  fix: 'Look through PLUGIN_PROTOCOL_VERSIONS (a comma list in any order) for the highest version that you serve.',
  async run({ subject }) {
    const first = (await subject.firstLaunch()).handshake?.protocolVersion ?? 0;
    const known = subject.options.protocolOnly ? [first] : subject.contract.handshake.protocolVersions;
    // The version of the first launch is served: with one that is known, nothing is left to find out.
    const served: number[] = [first];
    for (const version of known.filter((each) => each !== first)) {
      const answer = await offer(subject, [version]);
      if (answer.version === version) served.push(version);
    }
    const expected = Math.max(...served);
    // Written in both orders: a host's order is random (client.go, Start).
    const all = [...known, UNSERVED_VERSION];
    for (const versions of [all, [...all].reverse()]) {
      const answer = await offer(subject, versions);
      if (answer.version === expected) continue;
      return failed({
        message: 'The plugin does not choose among the versions it is offered as go-plugin does.',
        expected: `version ${expected} out of ${versions.join(',')}`,
        actual: answer.version === undefined ? answer.problem : `version ${answer.version}`,
        evidence: answer.evidence,
      });
    }
    return passed(`version ${expected}`);
  },
};

const noneCommon: PluginCheck = {
  id: 'version/none-common',
  target: 'plugin',
  title: 'With no version in common it announces one that it serves, or ends with an error',
  level: 'must',
  needs: [...HANDSHAKE, 'version/highest-common'],
  reference:
    'go-plugin server.go, protocolVersion: the lowest version served, and the host reports the mismatch',
  why: 'A plugin that agrees to a version it does not serve is loaded, and breaks at the first call.',
  fix: 'Answer with a version of your own (the host then says what does not fit), or exit with code 1 and a message.',
  async run({ subject }) {
    const answer = await offer(subject, [UNSERVED_VERSION]);
    const expected = 'a version that it serves, or a message on stderr and an exit code other than 0';
    if (answer.version === undefined) {
      if (answer.said && answer.exitCode !== undefined && answer.exitCode !== 0)
        return passed('it ended with an error');
      return failed({
        message: 'Offered only a version it cannot know, the plugin goes without an error.',
        expected,
        actual: `${answer.problem} (${answer.ending})`,
        evidence: answer.evidence,
      });
    }
    const known = subject.options.protocolOnly
      ? [(await subject.firstLaunch()).handshake?.protocolVersion]
      : subject.contract.handshake.protocolVersions;
    if (known.includes(answer.version)) return passed(`version ${answer.version}`);
    return failed({
      message: `Offered version ${UNSERVED_VERSION} alone, the plugin announces a version that is not in its contract.`,
      expected,
      actual: `version ${answer.version}`,
      evidence: answer.evidence,
    });
  },
};

const variableAbsent: PluginCheck = {
  id: 'version/variable-absent',
  target: 'plugin',
  title: 'Without PLUGIN_PROTOCOL_VERSIONS, as from an old host, it still shakes hands',
  level: 'should',
  needs: HANDSHAKE,
  reference: 'go-plugin server.go, protocolVersion: a legacy client does not send a list',
  why: 'Hosts built with go-plugin of before 2018 do not set the variable.',
  fix: 'Fall back to the lowest version that you serve.',
  async run({ subject }) {
    const answer = await offer(subject, null);
    if (answer.version !== undefined) return passed(`version ${answer.version}`);
    return failed({
      message: 'The plugin takes the variable for granted.',
      expected: 'a handshake',
      actual: `${answer.problem} (${answer.ending})`,
      evidence: answer.evidence,
    });
  },
};

export const VERSION_CHECKS = [highestCommon, noneCommon, variableAbsent];
