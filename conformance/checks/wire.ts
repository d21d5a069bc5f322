import {
  DEFAULT_WIRE_OPTIONS,
  environmentCases,
  nearCookies,
  runEnvironments,
  runWire,
  runWireCase,
  SINGLE_CASES,
  type EnvironmentJudge,
  type EnvironmentReport,
  type WireCase,
  type WireFinding,
} from '../fuzz/wire/index.js';
import type { Fuzz } from '../fuzz/index.js';
import type { CheckOutcome, PluginCheck } from './check.js';
import { DISPENSED, HANDSHAKE } from './needs.js';
import { failed, notApplicable, passed } from './outcomes.js';
import { NETRPC_ONLY } from './under-reference-host.js';

/** Several connections at a time, some of which break, and what nobody can serve are no news to the plugin. */
const NEEDS = [
  ...DISPENSED,
  'dispense/unknown-name',
  'interface/unknown-method',
  'interface/wrong-argument',
  'session/second-connection',
  'concurrency/four-connections',
  'crash/survives-lost-connection',
];

/** As many bytes of a malformed conversation as stand in a report. */
const SHOWN_BYTES = 3_000;

/** How many of several conversations stand in a report. */
const SHOWN_CASES = 12;

type Facts = Omit<PluginCheck, 'target' | 'run'>;

function layerCheck(facts: Facts, layer: Parameters<typeof runWire>[1]): PluginCheck {
  return {
    ...facts,
    target: 'plugin',
    async run({ subject, fuzz }) {
      if ((await subject.firstLaunch()).handshake?.protocol === 'grpc') return notApplicable(NETRPC_ONLY);
      if (subject.contract.plugins.size === 0) return notApplicable('the contract has no plugins');
      for (const saved of fuzz.savedWireCases(facts.id)) {
        const outcome = await runWireCase(subject, saved);
        if (outcome.kind !== 'held')
          return judged({ cases: saved, outcome, failed: 1, runs: 1 }, fuzz, facts.id);
      }
      const { finding, cases, ms } = await runWire(subject, layer);
      if (finding) return judged(finding, fuzz, facts.id);
      return passed(`${cases} malformed conversations in ${ms.toFixed(0)} ms`);
    },
  };
}

function judged(finding: WireFinding, fuzz: Fuzz, key: string): CheckOutcome {
  const { cases, outcome, failed: times, runs } = finding;
  const how = times === runs ? '' : ` (${times} of ${runs} times)`;
  const what = cases.length === 1 ? 'a malformed conversation' : `${cases.length} malformed conversations`;
  const message =
    outcome.kind === 'died'
      ? `The plugin dies of ${what}${how}: ${outcome.text}`
      : `After ${what} the plugin serves no new host${how}.`;
  return failed({
    message,
    expected: 'the process lives, and a new connection works',
    actual: outcome.text,
    evidence: {
      ...(outcome.stderr ? { stderr: outcome.stderr } : {}),
      seen: cases.slice(0, SHOWN_CASES).flatMap(described),
      counterexample: fuzz.documentOfWire(finding, key, message),
    },
    byTime: outcome.kind === 'unreachable' && outcome.byTime,
  });
}

/** What was wrong with a conversation, and the whole of it as bytes. */
function described({ mutations, parts, ending }: WireCase): string[] {
  const sent = parts.map(({ bytes, dispensed, brokerIdAt }) => {
    const shown = Buffer.from(bytes).subarray(0, SHOWN_BYTES).toString('base64');
    const rest = bytes.length > SHOWN_BYTES ? `… (${bytes.length} bytes)` : '';
    const at = brokerIdAt.length > 0 ? `, with the broker id at ${brokerIdAt.join(', ')}` : '';
    return `${dispensed ? 'after Dispense is answered' : 'at first'}${at} (base64): ${shown}${rest}`;
  });
  const end = { close: 'the host closes', 'half-close': 'the host ends its half', hold: 'the host holds on' };
  return [...mutations, ...sent, `then ${end[ending]}`];
}

const gobMessages = layerCheck(
  {
    id: 'wire/gob-messages',
    title: 'Of gob messages that are cut, mistyped or oversized it does not die, and it serves the next host',
    level: 'must',
    needs: NEEDS,
    reference:
      'encoding/gob decoder.go, recvMessage (tooBig), recvType; net/rpc server.go, ServeCodec: an error ends that connection. Stock go-plugin 1.4.0 and 1.8.0 withstand all of it',
    why: 'A host of another version, a proxy or a bit that flips sends such things; every other host of the plugin pays for it.',
    fix: 'Take whatever the decoder says for the end of that connection, and of nothing else; compare lengths and counts with a limit before you allocate.',
  },
  'gob',
);

const rpcHeaders = layerCheck(
  {
    id: 'wire/rpc-headers',
    title:
      'Of net/rpc messages out of order, with odd names or of the wrong kind it does not die, and it serves the next host',
    level: 'must',
    needs: [...NEEDS, 'wire/gob-messages'],
    reference:
      'net/rpc server.go, readRequestHeader: service/method request ill-formed; go-plugin mux_broker.go, Run and timeoutWait. Of a broker id that is dialled twice stock go-plugin’s broker stands still, for that connection alone',
    why: 'What a plugin makes of a name without a dot must not be the end of everybody’s plugin.',
    fix: 'Look a method up before you take its name apart; answer what cannot be found with an error.',
  },
  'rpc',
);

const yamuxFrames = layerCheck(
  {
    id: 'wire/yamux-frames',
    title:
      'Of yamux frames that are spoilt, lost, repeated or in another order it does not die, and it serves the next host',
    level: 'must',
    needs: [...NEEDS, 'wire/gob-messages', 'wire/rpc-headers'],
    reference:
      'yamux session.go, recvLoop and handleStreamMessage; stream.go, readData (ErrRecvWindowExceeded): a protocol error ends that session. Stock go-plugin 1.4.0 and 1.8.0 withstand all of it',
    why: 'A host that dies in the middle of a frame, or a bug in its yamux, would take the plugin of all others with it.',
    fix: 'Send a go-away and close that one connection.',
  },
  'yamux',
);

/** What is wrong with a launch that may go either way, but in order. */
const isInOrder: EnvironmentJudge = (outcome) => (outcome.kind === 'failed' ? outcome.text : undefined);

/** What is wrong with a launch that must come to nothing. */
const isRefused: EnvironmentJudge = (outcome) =>
  outcome.kind === 'shook-hands' ? 'it shook hands' : isInOrder(outcome);

const handshakeEnvironment: PluginCheck = {
  id: 'wire/handshake-environment',
  target: 'plugin',
  title:
    'With nonsense in the handshake’s variables it ends by itself or shakes hands, and leaves nothing behind',
  level: 'must',
  needs: [
    ...HANDSHAKE,
    'version/highest-common',
    'version/none-common',
    'version/variable-absent',
    'lifecycle/socket-removed',
    'lifecycle/temp-folder-clean',
    'lifecycle/no-process-left',
  ],
  reference:
    'go-plugin server.go, protocolVersion: a version that is no number is passed over with a line on stderr; Serve: plugin init error. Stock go-plugin 1.8.0 goes on without a readable PLUGIN_CLIENT_CERT, and lets nobody in then',
  why: 'Hosts are written in many languages and set these variables as they understand them; a plugin that hangs or panics over them says nothing that helps.',
  fix: 'Read each variable as what a stranger wrote: pass over what cannot be read, or say so on stderr and exit.',
  async run({ subject, fuzz }) {
    const cases = environmentCases(subject.options.seed, DEFAULT_WIRE_OPTIONS.launches);
    const report = await runEnvironments(subject, cases, SINGLE_CASES, isInOrder, DEFAULT_WIRE_OPTIONS);
    return judgedEnvironment(
      report,
      'it ends by itself, or shakes hands properly',
      fuzz,
      handshakeEnvironment.id,
    );
  },
};

/** How many of the nearly right cookies are tried, whatever the time. */
const SURE_COOKIES = 4;

const nearCookie: PluginCheck = {
  id: 'wire/near-cookie',
  target: 'plugin',
  title: 'With a magic cookie that is nearly right it refuses to run',
  level: 'should',
  needs: [...HANDSHAKE, 'launch/refuses-wrong-cookie', 'wire/handshake-environment'],
  reference: 'go-plugin server.go, Serve: os.Getenv(opts.MagicCookieKey) != opts.MagicCookieValue',
  why: 'The cookie tells kinds of plugins apart: a host whose cookie begins like another’s would take the wrong ones for its own.',
  fix: 'Compare the whole value, byte for byte.',
  async run({ subject, fuzz }) {
    const { magicCookieKey, magicCookieValue } = subject.contract.handshake;
    const cases = nearCookies(magicCookieKey, magicCookieValue);
    const judge: EnvironmentJudge = (outcome) =>
      outcome.kind === 'shook-hands'
        ? 'it shook hands'
        : outcome.kind === 'failed'
          ? outcome.text
          : undefined;
    const report = await runEnvironments(subject, cases, SURE_COOKIES, judge, DEFAULT_WIRE_OPTIONS);
    return judgedEnvironment(report, 'it refuses to run', fuzz, nearCookie.id);
  },
};

function judgedEnvironment(
  { finding, launches, ms }: EnvironmentReport,
  expected: string,
  fuzz: Fuzz,
  key: string,
): CheckOutcome {
  if (!finding) return passed(`${launches} launches in ${ms.toFixed(0)} ms`);
  const { environment, outcome, text, byTime, failed: times, runs } = finding;
  const how = times === runs ? '' : ` (${times} of ${runs} times)`;
  const env = Object.entries(environment.env).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return failed({
    message: `${environment.mutations.join(', and ')}: ${text}${how}.`,
    expected,
    actual: text,
    evidence: {
      ...(outcome.kind === 'failed' && outcome.stderr ? { stderr: outcome.stderr } : {}),
      ...(outcome.kind === 'failed' && outcome.stdout ? { stdout: outcome.stdout } : {}),
      ...(outcome.kind === 'shook-hands' ? { handshake: outcome.line } : {}),
      seen: env.map((line) => line.slice(0, SHOWN_BYTES)),
      counterexample: fuzz.documentOfEnvironment(finding, key, expected),
    },
    byTime,
  });
}

/** How launches with a mutated environment are judged, by the id of the check. */
export const ENVIRONMENT_JUDGES: ReadonlyMap<string, EnvironmentJudge> = new Map([
  [handshakeEnvironment.id, isInOrder],
  [nearCookie.id, isRefused],
]);

/** From the top down: what is wrong in a lower layer is nonsense to those above it, too. */
export const WIRE_CHECKS = [handshakeEnvironment, nearCookie, gobMessages, rpcHeaders, yamuxFrames];
