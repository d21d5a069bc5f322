import { re2Mistake } from './re2.js';

/** A named format of JSON Schema, as contracts have it. */
export interface Format {
  /** The JSON type that it belongs to. */
  readonly type: 'string' | 'integer' | 'number';
  /** What a valid value is, for messages. */
  readonly meaning: string;
  /** The n-th of a family of valid values; distinct for small n, as far as the format has so many. */
  readonly sample: (n: number) => string | number;
  /** Whether a text is valid, for the formats that are ours; the others are ajv-formats'. */
  readonly validate?: (text: string) => boolean;
  /** Why a text is not valid. */
  readonly why?: (text: string) => string | undefined;
  /** Texts with more UTF-16 units are not valid. For a format whose expression backtracks. */
  readonly maxLength?: number;
}

/** Long enough for every URL that browsers take; ajv-formats' `url` needs quadratic time for hostile ones. */
const MAX_URL_LENGTH = 2048;
/** re2js compiles a pattern of this length in milliseconds. */
const MAX_RE2_LENGTH = 10_000;

/** semver.org's own expression, with an optional leading v as in Go's module versions. */
const SEMVER =
  /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$/;
const MAX_SEMVER_LENGTH = 256;
/** Words of small letters and digits, joined by single hyphens or underscores: safe in URLs and file names. */
const SLUG = /^[a-z0-9]+(?:[-_][a-z0-9]+)*$/;

const DAY_MS = 86_400_000;
/** An arbitrary first day for dates that are made up. */
const FIRST_DAY = Date.UTC(2020, 6, 4);
/** Days in a century, after which dates that are made up begin again. */
const DAYS = 36_525;

export const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  [
    're2',
    {
      type: 'string',
      meaning: "a regular expression of Go's regexp package",
      sample: (n) => (n === 0 ? '' : `^/${n}$`),
      validate: (text) => re2Mistake(text) === undefined,
      why: (text) =>
        text.length > MAX_RE2_LENGTH ? `longer than ${MAX_RE2_LENGTH} characters` : re2Mistake(text),
      maxLength: MAX_RE2_LENGTH,
    },
  ],
  [
    'semver',
    {
      type: 'string',
      meaning: 'a semantic version, such as 1.2.3 or v1.2.3',
      sample: (n) => `0.0.${n}`,
      validate: (text) => SEMVER.test(text),
      maxLength: MAX_SEMVER_LENGTH,
    },
  ],
  [
    'slug',
    {
      type: 'string',
      meaning: 'a slug: small letters and digits, in words joined by a hyphen or underscore',
      sample: (n) => (n === 0 ? 'a' : `a-${n}`),
      validate: (text) => SLUG.test(text),
    },
  ],
  ['date', text('a date, such as 2020-07-04', date)],
  ['time', text('a time with a zone, such as 12:00:00Z', (n) => `${time(n)}Z`)],
  ['date-time', text('a date and time of RFC 3339', (n) => `${date(n)}T00:00:00Z`)],
  ['iso-time', text('a time of ISO 8601', time)],
  ['iso-date-time', text('a date and time of ISO 8601', (n) => `${date(n)}T00:00:00`)],
  ['duration', text('a duration of ISO 8601, such as P1D', (n) => `P${n}D`)],
  ['uri', text('a URI', (n) => `x:${n}`)],
  ['uri-reference', text('a URI reference', (n) => (n === 0 ? '' : `${n}`))],
  ['uri-template', text('a URI template', (n) => (n === 0 ? '' : `${n}`))],
  ['url', { ...text('a URL', (n) => `http://example.com/${n}`), maxLength: MAX_URL_LENGTH }],
  ['email', text('an email address', (n) => `a${n}@example.com`)],
  ['hostname', text('a host name', (n) => `a${n}`)],
  ['ipv4', text('an IPv4 address', (n) => `127.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`)],
  ['ipv6', text('an IPv6 address', (n) => `::${(n & 0xffff).toString(16)}`)],
  ['regex', text('a regular expression of JavaScript', (n) => (n === 0 ? '' : `${n}`))],
  ['uuid', text('a UUID', (n) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`)],
  ['json-pointer', text('a JSON pointer', (n) => (n === 0 ? '' : `/${n}`))],
  ['json-pointer-uri-fragment', text('a JSON pointer as a URI fragment', (n) => `#/${n}`)],
  ['relative-json-pointer', text('a relative JSON pointer', (n) => `${n}`)],
  ['byte', text('base64', (n) => Buffer.from(`${n}`).toString('base64'))],
  ['password', text('a password', (n) => (n === 0 ? '' : `${n}`))],
  ['binary', text('any text', (n) => (n === 0 ? '' : `${n}`))],
  ['int32', { type: 'integer', meaning: 'an integer of 32 bits', sample: (n) => n & 0x7fffffff }],
  ['int64', { type: 'integer', meaning: 'an integer of 64 bits', sample: (n) => n }],
  ['float', { type: 'number', meaning: 'a number', sample: (n) => n }],
  ['double', { type: 'number', meaning: 'a number', sample: (n) => n }],
]);

function text(meaning: string, sample: (n: number) => string): Format {
  return { type: 'string', meaning, sample };
}

function date(n: number): string {
  return new Date(FIRST_DAY + (n % DAYS) * DAY_MS).toISOString().slice(0, 10);
}

function time(n: number): string {
  return new Date((n * 1000) % DAY_MS).toISOString().slice(11, 19);
}
