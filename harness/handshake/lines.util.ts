import { formatCertificateField } from './certificate-field.js';
import type { HandshakeErrorCode, HandshakeExpectations, HandshakeField } from './index.js';
import { TEST_CERTIFICATE } from './test-certificate.util.js';

/** What the host of the table expects, unless a row says otherwise. */
export const EXPECT: HandshakeExpectations = {
  versions: [1],
  protocols: ['netrpc', 'grpc'],
  multiplex: false,
  autoMtls: false,
  cwd: '/tmp',
};

/** A first line of stdout and what becomes of it. */
export interface LineCase {
  readonly name: string;
  readonly line: string;
  readonly expect?: Partial<HandshakeExpectations>;
  /** Absent when the line is taken. */
  readonly code?: HandshakeErrorCode;
  readonly field?: HandshakeField;
  /** Part of the message. */
  readonly says?: string;
  /** Why Go's Start differs; nothing when it says the same. */
  readonly goDiffers?: string;
}

const CERT = formatCertificateField(TEST_CERTIFICATE);
const OTHER_MACHINE = 'a host goes wherever it is sent';
export const NOBODY_THERE = 'a host notices when it dials';

const good = (name: string, line: string, expect?: LineCase['expect']): LineCase => ({
  name,
  line,
  ...(expect && { expect }),
});
const bad =
  (code: HandshakeErrorCode, field: HandshakeField) =>
  (name: string, line: string, says: string, rest: Partial<LineCase> = {}): LineCase => ({
    name,
    line,
    code,
    field,
    says,
    ...rest,
  });

const noLine = bad('HANDSHAKE_UNRECOGNIZED', 'line');
const core = bad('HANDSHAKE_CORE_VERSION', 'core-version');
const app = bad('HANDSHAKE_APP_VERSION', 'app-version');
const incompatible = bad('HANDSHAKE_INCOMPATIBLE_VERSION', 'app-version');
const network = bad('HANDSHAKE_NETWORK', 'network');
const address = bad('HANDSHAKE_ADDRESS', 'address');
const protocol = bad('HANDSHAKE_PROTOCOL', 'protocol');
const certificate = bad('HANDSHAKE_CERTIFICATE', 'certificate');
const multiplex = bad('HANDSHAKE_MULTIPLEX', 'multiplex');

const MTLS = { expect: { autoMtls: true } };
const MULTIPLEX = { expect: { multiplex: true } };
const withCert = (field: string): string => `1|1|unix|/tmp/p|netrpc|${field}`;

/** The table of protocol.md, and more. */
export const LINES: readonly LineCase[] = [
  good('four fields', '1|1|unix|/tmp/p'),
  good('five fields', '1|1|unix|/tmp/p|netrpc'),
  good('six fields', '1|1|unix|/tmp/p|netrpc|'),
  good('more fields than there are', '1|1|unix|/tmp/p|netrpc||true|and|more'),
  good('CRLF', '1|1|unix|/tmp/p|netrpc\r'),
  good('spaces around it', ' \t1|1|unix|/tmp/p|netrpc \u00a0\u3000'),
  good('signs and zeros, as strconv.Atoi takes them', '+1|0001|unix|/tmp/p|netrpc'),
  good('gRPC', '1|1|unix|/tmp/p|grpc'),
  good('a version of several', '1|3|unix|/tmp/p|netrpc', { versions: [1, 3] }),

  noLine('blank', '', 'An empty line'),
  noLine('noise', 'Window Lights 1.0, welcome', 'must go to stderr'),
  noLine('three fields', '1|1|unix', 'fields are missing'),
  noLine('a log record', '{"@level":"info","@message":"ready"}', 'log record'),
  noLine('colours', '\u001b[32mready\u001b[0m', 'colours'),
  noLine('UTF-16', Buffer.from('ready|1|', 'utf16le').toString(), 'NUL bytes'),
  noLine('a panic', 'panic: runtime error: index out of range', 'failed before it listened'),
  noLine('spaces alone', ' \t ', 'An empty line'),

  core('not a number', 'one|1|unix|/tmp/p|netrpc', 'not a number: "one"'),
  core('a byte order mark', '\ufeff1|1|unix|/tmp/p|netrpc', 'not a number: "\\ufeff1"'),
  core('an inner space', '1 |1|unix|/tmp/p|netrpc', 'not a number: "1 "'),
  core('core version 2', '2|1|unix|/tmp/p|netrpc', 'is 2; the only one'),
  core('core version -1', '-1|1|unix|/tmp/p|netrpc', 'is -1; the only one'),
  core('core version 1.0', '1.0|1|unix|/tmp/p|netrpc', 'not a number'),
  core('core version 0x1', '0x1|1|unix|/tmp/p|netrpc', 'not a number'),
  core('core version 1_', '1_|1|unix|/tmp/p|netrpc', 'not a number'),
  core('core version ١', '١|1|unix|/tmp/p|netrpc', 'not a number'),
  core('an empty core version', '|1|unix|/tmp/p|netrpc', 'not a number: ""'),
  core('only separators', '|||', 'not a number: ""'),
  core('a Packer plugin', 'x|1|unix|/tmp/p', 'Packer is not wire-compatible'),
  core(
    'UTF-16 with separators',
    Buffer.from('1|1|unix|/tmp/p', 'utf16le').toString(),
    'not a number: "1\\u0000"',
  ),

  app('a word', '1|a|unix|/tmp/p|netrpc', '"a"'),
  app('nothing', '1||unix|/tmp/p|netrpc', '""'),
  app('an inner space', '1| 1|unix|/tmp/p|netrpc', '" 1"'),
  app('a fraction', '1|1.5|unix|/tmp/p|netrpc', '"1.5"'),
  app('a number that no int holds', '1|99999999999999999999|unix|/tmp/p|netrpc', '"99999999999999999999"'),
  incompatible(
    'a version that the host does not know',
    '1|9|unix|/tmp/p|netrpc',
    'version 9; the host offered 1',
  ),
  incompatible('version 0', '1|0|unix|/tmp/p|netrpc', 'version 0'),
  incompatible('version -0', '1|-0|unix|/tmp/p|netrpc', 'version 0'),
  incompatible('several offered', '1|2|unix|/tmp/p|netrpc', 'offered 1, 3', { expect: { versions: [1, 3] } }),

  network('capitals', '1|1|UNIX|/tmp/p|netrpc', '"UNIX"'),
  network('nothing', '1|1||/tmp/p|netrpc', '""'),
  network('udp', '1|1|udp|127.0.0.1:80|netrpc', '"udp"'),
  network('tcp4', '1|1|tcp4|127.0.0.1:80|netrpc', '"tcp4"'),
  network('an inner space', '1|1|unix |/tmp/p|netrpc', '"unix "'),

  good('a relative path', '1|1|unix|p.sock|netrpc'),
  good('a path with spaces and letters', '1|1|unix|/tmp/my plügin|netrpc'),
  good('an abstract socket', '1|1|unix|@iglu|netrpc'),
  good('the longest path', `1|1|unix|/${'p'.repeat(106)}|netrpc`),
  good('the longest abstract socket', `1|1|unix|@${'p'.repeat(107)}|netrpc`),
  address('no path', '1|1|unix||netrpc', 'is empty', { goDiffers: NOBODY_THERE }),
  address('a path that is too long', `1|1|unix|/${'p'.repeat(107)}|netrpc`, 'is 108 bytes long', {
    goDiffers: NOBODY_THERE,
  }),
  address('a path that is too long in bytes', `1|1|unix|/${'ü'.repeat(60)}|netrpc`, 'is 121 bytes long', {
    goDiffers: NOBODY_THERE,
  }),
  address('an abstract socket that is too long', `1|1|unix|@${'p'.repeat(108)}|netrpc`, 'is 108 bytes long', {
    goDiffers: NOBODY_THERE,
  }),
  address('NUL in a path', '1|1|unix|/tmp/p\0q|netrpc', 'NUL', {
    goDiffers: 'the kernel cuts the path there',
  }),

  good('IPv4 loopback', '1|1|tcp|127.0.0.1:1234|netrpc'),
  good('another IPv4 loopback', '1|1|tcp|127.8.9.10:65535|netrpc'),
  good('IPv6 loopback', '1|1|tcp|[::1]:1234|netrpc'),
  good('IPv6 loopback in full', '1|1|tcp|[0:0:0:0:0:0:0:1]:1234|netrpc'),
  good('IPv6 loopback with a zone', '1|1|tcp|[::1%lo]:1234|netrpc'),
  good('IPv4 loopback in IPv6', '1|1|tcp|[::ffff:127.0.0.1]:1234|netrpc'),
  good('IPv4 loopback in hexadecimal IPv6', '1|1|tcp|[::FFFF:7F00:1]:1234|netrpc'),
  good('IPv4 in brackets', '1|1|tcp|[127.0.0.1]:1234|netrpc'),
  good('localhost', '1|1|tcp|localhost:1234|netrpc'),
  good('no host', '1|1|tcp|:1234|netrpc'),
  good('a port with zeros', '1|1|tcp|127.0.0.1:0001234|netrpc'),
  address('no port', '1|1|tcp|nope|netrpc', 'not of the form host:port'),
  address('nothing', '1|1|tcp||netrpc', 'not of the form host:port', { goDiffers: NOBODY_THERE }),
  address('IPv6 without brackets', '1|1|tcp|::1:1234|netrpc', 'not of the form host:port'),
  address('half a bracket', '1|1|tcp|[::1:1234|netrpc', 'not of the form host:port'),
  address('a path', '1|1|tcp|/tmp/p|netrpc', 'not of the form host:port'),
  address('a port that is too large', '1|1|tcp|127.0.0.1:65536|netrpc', 'tcp port "65536"'),
  address('a negative port', '1|1|tcp|127.0.0.1:-1|netrpc', 'tcp port "-1"'),
  address('a port in words', '1|1|tcp|127.0.0.1:eighty|netrpc', 'tcp port "eighty"'),
  address('port 0', '1|1|tcp|127.0.0.1:0|netrpc', 'tcp port "0"', { goDiffers: NOBODY_THERE }),
  address('an empty port', '1|1|tcp|127.0.0.1:|netrpc', 'tcp port ""', { goDiffers: NOBODY_THERE }),
  address('a port with a sign', '1|1|tcp|127.0.0.1:+80|netrpc', 'tcp port "+80"', {
    goDiffers: 'net.LookupPort takes a sign',
  }),
  address('a port by name', '1|1|tcp|127.0.0.1:http|netrpc', 'tcp port "http"', {
    goDiffers: 'net.LookupPort knows /etc/services',
  }),
  address('all interfaces', '1|1|tcp|0.0.0.0:1234|netrpc', 'not a loopback', { goDiffers: OTHER_MACHINE }),
  address('all IPv6 interfaces', '1|1|tcp|[::]:1234|netrpc', 'not a loopback', { goDiffers: OTHER_MACHINE }),
  address('another machine', '1|1|tcp|192.0.2.1:1234|netrpc', 'not a loopback', { goDiffers: OTHER_MACHINE }),
  address('another machine by IPv6', '1|1|tcp|[2001:db8::1]:1234|netrpc', 'not a loopback', {
    goDiffers: OTHER_MACHINE,
  }),
  address('link-local with a zone', '1|1|tcp|[fe80::1%lo]:1234|netrpc', 'not a loopback', {
    goDiffers: OTHER_MACHINE,
  }),
  address('IPv4 in IPv6 that is no loopback', '1|1|tcp|[::ffff:10.0.0.1]:1234|netrpc', 'not a loopback', {
    goDiffers: OTHER_MACHINE,
  }),
  address('a name that looks like loopback', '1|1|tcp|127.0.0.1.invalid:1234|netrpc', 'not a loopback'),
  address('an address with a letter too many', '1|1|tcp|[::1g]:1234|netrpc', 'not a loopback'),

  protocol('a protocol that there is not', '1|1|unix|/tmp/p|http', '"http"'),
  protocol('an empty protocol', '1|1|unix|/tmp/p|', '""'),
  protocol('capitals', '1|1|unix|/tmp/p|GRPC', '"GRPC"'),
  protocol('gRPC where net/rpc alone is allowed', '1|1|unix|/tmp/p|grpc', 'allows netrpc', {
    expect: { protocols: ['netrpc'] },
  }),
  protocol('net/rpc where gRPC alone is allowed', '1|1|unix|/tmp/p|netrpc', 'Set GRPCServer', {
    expect: { protocols: ['grpc'] },
  }),

  good('a certificate that was asked for', withCert(CERT), { autoMtls: true }),
  good('a carriage return in it', withCert(`${CERT.slice(0, 60)}\r${CERT.slice(60)}`), { autoMtls: true }),
  good('50 characters', withCert('?'.repeat(50))),
  good('50 characters, asked', withCert('?'.repeat(50)), { autoMtls: true }),
  certificate('51 characters', withCert('?'.repeat(51)), 'unpadded standard base64', MTLS),
  certificate('51 characters, not asked', withCert('?'.repeat(51)), 'unpadded standard base64'),
  certificate('26 characters of two bytes', withCert('é'.repeat(26)), 'unpadded standard base64', MTLS),
  certificate('padding', withCert(`${CERT}==`), 'unpadded standard base64', MTLS),
  certificate('base64 for URLs', withCert(`${CERT.slice(0, -2)}-_`), 'unpadded standard base64', MTLS),
  certificate(
    'a character too many',
    withCert(`${CERT}${'A'.repeat((5 - (CERT.length % 4)) % 4)}`),
    'cut off',
    MTLS,
  ),
  certificate(
    'data after the certificate',
    withCert(
      Buffer.concat([Buffer.from(CERT, 'base64'), Buffer.alloc(3)])
        .toString('base64')
        .replace(/=+$/, ''),
    ),
    'more in it than one',
    MTLS,
  ),
  certificate(
    'PEM in base64',
    withCert(Buffer.from(TEST_CERTIFICATE).toString('base64').replace(/=+$/, '')),
    'more in it',
    MTLS,
  ),
  certificate('zeros', withCert('A'.repeat(60)), 'not a DER certificate', MTLS),
  certificate('half of it', withCert(CERT.slice(0, 400)), 'not a DER certificate', MTLS),
  certificate('one that nobody asked for', withCert(CERT), 'nil dereference'),

  good('field 7 for a host that did not ask', '1|1|unix|/tmp/p|grpc||perhaps'),
  good('field 7', '1|1|unix|/tmp/p|grpc||true', { multiplex: true }),
  good('field 7 as T', '1|1|unix|/tmp/p|grpc||T', { multiplex: true }),
  good('net/rpc without field 7', '1|1|unix|/tmp/p|netrpc', { multiplex: true }),
  multiplex('no field 7', '1|1|unix|/tmp/p|grpc', 'missing', MULTIPLEX),
  multiplex('an empty field 7', '1|1|unix|/tmp/p|grpc||', 'field 7 is ""', MULTIPLEX),
  multiplex('false', '1|1|unix|/tmp/p|grpc||false', 'field 7 is "false"', MULTIPLEX),
  multiplex('no boolean', '1|1|unix|/tmp/p|grpc||yes', 'field 7 is "yes"', MULTIPLEX),
  multiplex('tRUE', '1|1|unix|/tmp/p|grpc||tRUE', 'field 7 is "tRUE"', MULTIPLEX),
];
