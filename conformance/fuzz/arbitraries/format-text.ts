import * as fc from 'fast-check';
import { FORMATS } from '../../../harness/contract/index.js';

/** The samples of a format that are used. */
const SAMPLES = 50;

/** Texts of each format that programs stumble over. What a format’s judge does not take is left out. */
const EDGES: Readonly<Record<string, readonly string[]>> = {
  re2: [
    '',
    '(?i)a',
    '[[:alpha:]]',
    '\\pL+',
    '(?P<name>x)',
    'a{1000}',
    '.*',
    '\\z',
    '\\Qa.b\\E',
    '[^\\x00]',
    'é|日',
    '$^',
  ],
  regex: ['', '(?=a)', '(?<!a)b', '(a)\\1', '[^]', '\\p{L}', '(a+)+$', '[\\u{1F600}]', '^$'],
  semver: [
    '0.0.0',
    'v0.0.0',
    '1.0.0-alpha+001',
    '99999999999999999999.0.0',
    '1.0.0--',
    '1.0.0-0.a.b',
    '10.20.30+x',
  ],
  slug: ['0', 'a-b', 'a_b', '0-0', 'con', 'a'.repeat(255)],
  date: ['0000-01-01', '0001-01-01', '1970-01-01', '1969-12-31', '2000-02-29', '9999-12-31', '2038-01-19'],
  time: ['00:00:00Z', '23:59:59.999999999Z', '23:59:60Z', '12:00:00+23:59', '12:00:00-23:59', '00:00:00.1z'],
  'date-time': [
    '0000-01-01T00:00:00Z',
    '1970-01-01T00:00:00Z',
    '1969-12-31T23:59:59Z',
    '2000-02-29T12:00:00+14:00',
    '2038-01-19T03:14:08Z',
    '9999-12-31T23:59:59.999999999Z',
    '1990-12-31T23:59:60Z',
    '2020-01-01t00:00:00z',
  ],
  'iso-time': ['00:00:00', '23:59:60Z', '12:00:00.5', '12:00:00+01'],
  'iso-date-time': ['0000-01-01T00:00:00', '2000-02-29 12:00:00', '9999-12-31T23:59:59Z'],
  duration: ['P0D', 'PT0S', 'P1Y2M3DT4H5M6S', 'P9999Y', 'PT1H', 'P1W'],
  uri: [
    'a:',
    'http://a',
    'http://[::1]:65535/',
    'urn:a:b',
    'mailto:a@b',
    'http://a/%00',
    'http://u:p@h:0/?q#f',
    'file:///',
  ],
  'uri-reference': ['', '/', '..', '?', '#', '//a', 'a%20b'],
  'uri-template': ['', '{a}', '/{+path}/x', '{?q,r*}', '{#f:3}'],
  url: [
    'http://a.b',
    'https://example.com:65535/',
    'ftp://example.com',
    'http://1.1.1.1/?q=%00#f',
    'http://éa.com/',
  ],
  email: ['a@b', 'a+b@example.com', 'a.b@x.y', "!#$%&'*@example.com", `${'a'.repeat(64)}@example.com`],
  hostname: ['a', 'localhost', 'xn--nxasmq6b', `${'a'.repeat(63)}.com`, '1.2.3.4', 'a-b.c', 'A.'],
  ipv4: ['0.0.0.0', '255.255.255.255', '127.0.0.1', '1.2.3.4'],
  ipv6: ['::', '::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '::ffff:1.2.3.4', '1::', 'fe80::1', 'A::b'],
  uuid: [
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    'urn:uuid:00000000-0000-4000-8000-000000000000',
    'ABCDEF01-2345-4789-8ABC-DEF012345678',
  ],
  'json-pointer': ['', '/', '//', '/~0', '/~1', '/0', '/a/b', '/é'],
  'json-pointer-uri-fragment': ['#', '#/', '#/~01', '#/%25', '#/a/0'],
  'relative-json-pointer': ['0', '0#', '1/a', '10/~1', '2'],
  byte: ['', 'AA==', '////', 'AAA=', '+/+/', 'AAAA'],
};

const pad = (number: number, width: number): string => String(number).padStart(width, '0');
const digits = (width: number): fc.Arbitrary<string> =>
  fc.nat(10 ** width - 1).map((number) => pad(number, width));
const word = fc.string({
  unit: fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyz0123456789')),
  minLength: 1,
  maxLength: 12,
});
const day = fc
  .tuple(fc.nat(9999), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
  .map(([year, month, date]) => `${pad(year, 4)}-${pad(month, 2)}-${pad(date, 2)}`);
const clock = fc
  .tuple(fc.nat(23), fc.nat(59), fc.nat(59))
  .map((parts) => parts.map((part) => pad(part, 2)).join(':'));
const fraction = fc.oneof(
  fc.constant(''),
  fc.integer({ min: 1, max: 9 }).chain((width) => digits(width).map((d) => `.${d}`)),
);
const zone = fc.oneof(
  fc.constant('Z'),
  fc
    .tuple(fc.constantFrom('+', '-'), fc.nat(23), fc.nat(59))
    .map(([sign, h, m]) => `${sign}${pad(h, 2)}:${pad(m, 2)}`),
);
const time = fc.tuple(clock, fraction, zone).map((parts) => parts.join(''));
const version = fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30)).map((parts) => parts.join('.'));

/** Random texts of formats that have more of them than samples and edges. */
const MADE: Readonly<Record<string, fc.Arbitrary<string>>> = {
  re2: fc
    .array(fc.constantFrom('a', '.', '*', '+', '(a|b)', '[a-z]', '^', '$', '\\d', 'x{2,5}', '/'), {
      maxLength: 6,
    })
    .map((parts) => parts.join('')),
  semver: fc
    .tuple(
      fc.constantFrom('', 'v'),
      version,
      fc.oneof(
        fc.constant(''),
        word.map((w) => `-x${w}`),
      ),
      fc.oneof(
        fc.constant(''),
        word.map((w) => `+${w}`),
      ),
    )
    .map((parts) => parts.join('')),
  slug: fc
    .array(word, { minLength: 1, maxLength: 4 })
    .chain((words) => fc.constantFrom('-', '_').map((by) => words.join(by))),
  date: day,
  time,
  'date-time': fc.tuple(day, time).map((parts) => parts.join('T')),
  'iso-time': fc.tuple(clock, fraction).map((parts) => parts.join('')),
  'iso-date-time': fc.tuple(day, clock).map((parts) => parts.join('T')),
  uri: fc.webUrl({ withFragments: true, withQueryParameters: true }),
  url: fc.webUrl({ withFragments: true, withQueryParameters: true }),
  email: fc.emailAddress(),
  hostname: fc.domain(),
  ipv4: fc.ipV4(),
  ipv6: fc.ipV6(),
  uuid: fc.uuid(),
  'json-pointer': fc.array(word, { maxLength: 4 }).map((parts) => parts.map((part) => `/${part}`).join('')),
  byte: fc.base64String({ maxLength: 40 }),
};

/** Of these formats every text is one, as far as they are judged. */
const ANY: ReadonlySet<string> = new Set(['password', 'binary']);

/** Candidates for texts of a format, and what makes more of them; nothing for a format of which all texts are. */
export function formatTexts(name: string): {
  listed: readonly string[];
  made: readonly fc.Arbitrary<string>[];
} {
  const format = FORMATS.get(name);
  if (format === undefined || ANY.has(name)) return { listed: [], made: [] };
  const samples = fc.nat(SAMPLES).map((n) => String(format.sample(n)));
  const made = MADE[name];
  return {
    listed: [String(format.sample(0)), ...(EDGES[name] ?? [])],
    made: made === undefined ? [samples] : [samples, made, made, made],
  };
}
