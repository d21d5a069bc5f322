import { BOOLS, characters, is, matching, MEBIBYTE, TEXTS } from './edges.js';
import { type ArbitrarySchema, BOOL, STRING, struct } from './schema.js';

/** What is expected of each format. */
const FORMAT_EDGES: Readonly<Record<string, readonly string[]>> = {
  re2: ['', '(?i)a', 'a{1000}'],
  regex: ['', '(?=a)'],
  semver: ['0.0.0', 'v0.0.0', '99999999999999999999.0.0'],
  slug: ['a', 'a-b', '0'],
  date: ['0000-01-01', '2000-02-29', '9999-12-31'],
  time: ['00:00:00Z', '23:59:60Z'],
  'date-time': ['1970-01-01T00:00:00Z', '2038-01-19T03:14:08Z'],
  'iso-time': ['00:00:00'],
  'iso-date-time': ['9999-12-31T23:59:59Z'],
  duration: ['P0D', 'PT0S'],
  uri: ['http://[::1]:65535/'],
  'uri-reference': ['', '..'],
  'uri-template': ['', '{a}'],
  url: ['ftp://example.com'],
  email: ['a.b@x.y'],
  hostname: ['a', '1.2.3.4'],
  ipv4: ['0.0.0.0', '255.255.255.255'],
  ipv6: ['::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  uuid: ['00000000-0000-0000-0000-000000000000'],
  'json-pointer': ['', '/~0'],
  'json-pointer-uri-fragment': ['#'],
  'relative-json-pointer': ['0', '0#'],
  byte: ['AA=='],
  password: ['', '\0'],
  binary: ['', '\0'],
};

const FORMATS = Object.entries(FORMAT_EDGES).map(([format, edges]): ArbitrarySchema => ({
  name: `format ${format}`,
  schema: { ...STRING, format },
  edges: edges.map(is),
}));

/** Strings. */
export const TEXT_SCHEMAS: readonly ArbitrarySchema[] = [
  {
    name: 'one of three strings',
    schema: { ...STRING, enum: ['celsius', '', 'kelvin'] },
    edges: ['celsius', '', 'kelvin'].map(is),
  },
  {
    name: 'a constant',
    schema: struct({ Kind: { ...STRING, const: 'lamp' }, On: BOOL }),
    edges: [is('lamp'), ...BOOLS],
  },
  {
    name: 'at least 1 character',
    schema: { ...STRING, minLength: 1 },
    edges: [...TEXTS.filter(({ name }) => name !== '""'), MEBIBYTE],
  },
  {
    name: '3 to 5 characters',
    schema: { ...STRING, minLength: 3, maxLength: 5 },
    edges: [3, 4, 5].map(characters),
  },
  {
    name: 'at most 100 characters',
    schema: { ...STRING, maxLength: 100 },
    edges: [0, 1, 99, 100].map(characters),
  },
  { name: 'exactly 0 characters', schema: { ...STRING, maxLength: 0 }, edges: [is('')] },
  {
    name: 'a pattern',
    schema: { ...STRING, pattern: '^[a-z]{2,4}-[0-9]+$', examples: ['ab-0'] },
    edges: [matching('2 letters', /^..-/u), matching('4 letters', /^....-/u)],
  },
  {
    name: 'a pattern anywhere',
    schema: { ...STRING, pattern: '[0-9]', minLength: 2 },
    edges: [matching('digit first', /^\d/u), matching('digit last', /\d$/u)],
  },
  {
    name: 'a pattern of letters',
    schema: { ...STRING, pattern: '^\\p{Lu}[\\p{L}\\p{Nd}_]*$' },
    edges: [is('A'), matching('not ASCII', /[^ -~]/u)],
  },
  {
    name: 'a pattern with a word boundary',
    schema: { ...STRING, pattern: '\\bon\\b', examples: ['on'] },
    edges: [is('on')],
  },
  {
    name: 'two patterns',
    schema: { ...STRING, pattern: '^[a-f]', allOf: [{ pattern: '[0-9]$' }], examples: ['a0'] },
    edges: [matching('long', /.{5}/u)],
  },
  ...FORMATS,
];
