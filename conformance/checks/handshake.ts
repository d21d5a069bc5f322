import type { HandshakeErrorCode } from '../../harness/handshake/index.js';
import { MAX_STDOUT_LINE_BYTES } from '../../harness/handshake/index.js';
import type { CheckOutcome, PluginCheck } from './check.js';
import { DISPENSED, HANDSHAKE } from './needs.js';
import { blockedBy, evidenceOf, failed, inconclusive, passed } from './outcomes.js';

/** One part of the handshake line, in the order in which a host reads it. */
interface Part {
  readonly id: PluginCheck['id'];
  readonly codes: readonly HandshakeErrorCode[];
  readonly title: string;
  readonly expected: string;
  readonly why: string;
  readonly fix: string;
}

const PARTS: readonly Part[] = [
  {
    id: 'handshake/first-line',
    codes: ['HANDSHAKE_UNRECOGNIZED', 'HANDSHAKE_LINE_TOO_LONG'],
    title: 'The first line of stdout is the handshake, and nothing comes before it',
    expected: '1|<version>|unix or tcp|<address>|netrpc or grpc|<certificate>',
    why: 'A host takes the first line for the handshake and gives up: “Unrecognized remote plugin message” (go-plugin#164, #199).',
    fix: 'Find what prints before plugin.Serve (an init function, a log library, a banner) and send it to stderr.',
  },
  {
    id: 'handshake/core-version',
    codes: ['HANDSHAKE_CORE_VERSION'],
    title: 'Field 1 is the core protocol version, 1',
    expected: '1',
    why: 'Every go-plugin host refuses another one: “incompatible core API version with plugin”.',
    fix: 'Print 1 as the first field, with no byte order mark and no space in it.',
  },
  {
    id: 'handshake/app-version',
    codes: ['HANDSHAKE_APP_VERSION'],
    title: 'Field 2 is the plugin’s protocol version, a decimal number',
    expected: 'a decimal number',
    why: 'The host says “Error parsing protocol version”.',
    fix: 'Print the number of the protocol version that was negotiated.',
  },
  {
    id: 'version/compatible',
    codes: ['HANDSHAKE_INCOMPATIBLE_VERSION'],
    title: 'The protocol version it announces is one that the host offered',
    expected: 'a version that the contract has',
    why: 'The host says “incompatible API version with plugin” and the plugin cannot be used (vault-auth-plugin-example#19, tflint#1521).',
    fix: 'Build the plugin against the host’s version of the interface, or serve that version too (VersionedPlugins).',
  },
  {
    id: 'handshake/network',
    codes: ['HANDSHAKE_NETWORK'],
    title: 'Field 3 is unix or tcp',
    expected: 'unix or tcp',
    why: 'The host says “unknown address type”.',
    fix: 'Print the listener’s network in lower case.',
  },
  {
    id: 'handshake/address',
    codes: ['HANDSHAKE_ADDRESS'],
    title: 'Field 4 is an address on this machine: a socket’s path, or a loopback address with a port',
    expected: 'the path of a unix socket, 127.0.0.1:<port> or [::1]:<port>',
    why: 'A plugin that listens elsewhere can be reached, and commanded, by other machines; a host cannot connect to half an address.',
    fix: 'Listen on a unix socket, or on 127.0.0.1, and print the listener’s own address.',
  },
  {
    id: 'handshake/protocol',
    codes: ['HANDSHAKE_PROTOCOL'],
    title: 'Field 5 is a protocol that the host allows',
    expected: 'netrpc (or nothing) or grpc, as the contract says',
    why: 'The host says “unsupported plugin protocol”.',
    fix: 'Serve the plugin over the transport of the contract.',
  },
  {
    id: 'handshake/certificate',
    codes: ['HANDSHAKE_CERTIFICATE'],
    title: 'Field 6 is empty unless the host asked for AutoMTLS',
    expected: 'an empty field',
    why: 'A host without TLS dies of a nil dereference when it gets a certificate that it did not ask for (go-plugin client.go, loadServerCert).',
    fix: 'Print a certificate only when PLUGIN_CLIENT_CERT is set, as unpadded base64 of its DER.',
  },
];

/** Judges one part: those before the broken one cannot be told, those after it were never reached. */
function partCheck(part: Part, index: number): PluginCheck {
  return {
    id: part.id,
    target: 'plugin',
    title: part.title,
    level: 'must',
    needs: ['launch/runs'],
    reference: 'go-plugin client.go, Start and checkProtoVersion',
    why: part.why,
    fix: part.fix,
    async run({ subject }): Promise<CheckOutcome> {
      const { plugin, error } = await subject.firstLaunch();
      if (!error) return passed();
      const broken = PARTS.findIndex(({ codes }) => codes.includes(error.code));
      if (broken < index) return blockedBy(PARTS[broken]?.id ?? 'launch/runs');
      if (broken > index) return inconclusive('The handshake line as a whole is not valid.');
      return failed({
        message: error.problem,
        expected: part.expected,
        actual: error.line === undefined ? error.problem : JSON.stringify(error.line.slice(0, 200)),
        fix: error.hint,
        evidence: evidenceOf(
          plugin,
          error.line === undefined ? {} : { handshake: error.line.slice(0, 1_000) },
        ),
      });
    },
  };
}

const noSeventhField: PluginCheck = {
  id: 'handshake/multiplex',
  target: 'plugin',
  title: 'There is no seventh field unless the host asked for broker multiplexing',
  level: 'should',
  needs: HANDSHAKE,
  reference: 'go-plugin server.go, Serve: old hosts split the line into six parts',
  why: 'A host built with an old go-plugin takes the seventh field for a part of the certificate.',
  fix: 'Print the seventh field only when PLUGIN_MULTIPLEX_GRPC is set.',
  async run({ subject }) {
    const { plugin, handshake } = await subject.firstLaunch();
    if (!handshake || handshake.multiplex === null) return passed();
    return failed({
      message: 'The plugin prints a seventh field that nobody asked for.',
      expected: 'six fields at most',
      actual: JSON.stringify(handshake.line),
      evidence: evidenceOf(plugin, { handshake: handshake.line }),
    });
  },
};

const laterOutput: PluginCheck = {
  id: 'handshake/later-output',
  target: 'plugin',
  title: 'After the handshake no line on stdout is too long for a host’s scanner',
  level: 'must',
  needs: DISPENSED,
  reference:
    'go-plugin client.go, Start: bufio.Scanner gives up on a token of 64 KiB, and stdout is never read again',
  why: 'The host stops reading stdout, and the plugin blocks for ever as soon as the pipe is full (go-plugin#147).',
  fix: 'Write nothing to the original stdout after the handshake; use stderr, or the os.Stdout that go-plugin sets up.',
  async run({ subject, attempt }) {
    const { longestLine, plugin } = await subject.farewell(attempt);
    if (longestLine < MAX_STDOUT_LINE_BYTES) return passed();
    return failed({
      message: 'The plugin writes very long lines to its original stdout.',
      expected: `lines shorter than ${MAX_STDOUT_LINE_BYTES} bytes`,
      actual: `a line of ${longestLine} bytes`,
      evidence: evidenceOf(plugin, { stdout: plugin.process.stdout.text().slice(0, 1_000) }),
    });
  },
};

export const HANDSHAKE_CHECKS = [...PARTS.map(partCheck), noSeventhField, laterOutput];
