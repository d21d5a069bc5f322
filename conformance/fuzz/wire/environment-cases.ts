import * as fc from 'fast-check';
import {
  ENV_CLIENT_CERT,
  ENV_MAX_PORT,
  ENV_MIN_PORT,
  ENV_MULTIPLEX_GRPC,
  ENV_PROTOCOL_VERSIONS,
  ENV_UNIX_SOCKET_DIR,
} from '../../../harness/handshake/index.js';
import type { EnvironmentCase } from './wire-case.js';

/** One variable gone wrong. */
interface Spoilt {
  readonly name: string;
  readonly value: string;
  /** The value in words. */
  readonly words: string;
}

/** As many as go into one variable: Linux takes 128 KiB (execve(2), MAX_ARG_STRLEN). */
const THOUSANDS = Array.from({ length: 12_000 }, (_, version) => 50_000 + version).join(',');

/** Such a certificate as a host sends, cut off after some lines. */
const PEM_LINE = 'MIICEDCCAXGgAwIBAgIRAKzqCVNDzLSFm6cTTVuN8WIwCgYIKoZIzj0EAwQwKDES';
const pem = (...lines: readonly string[]): string => ['-----BEGIN CERTIFICATE-----', ...lines].join('\n');
const END_OF_PEM = '-----END CERTIFICATE-----\n';

type Wrong = readonly (readonly [value: string, words?: string])[];

/** What is put into each variable, by the kind of mistake. */
const WRONG: readonly (readonly [name: string, values: Wrong])[] = [
  [ENV_PROTOCOL_VERSIONS, [['one,two'], ['1;2'], ['1.0'], ['0x1'], ['%s%n\t\u0001'], ['\ufeff1'], ['v1']]],
  [ENV_PROTOCOL_VERSIONS, [[''], [','], [',1,'], [' 1 , 2 '], ['1,1,1,1']]],
  [
    ENV_PROTOCOL_VERSIONS,
    [['-1'], ['0'], ['2147483648'], ['9223372036854775808'], ['99999999999999999999999999999999999999']],
  ],
  [
    ENV_PROTOCOL_VERSIONS,
    [
      [THOUSANDS, '12,000 versions that nobody serves'],
      [','.repeat(50_000), '50,000 commas'],
      ['9'.repeat(100_000), 'a number of 100,000 digits'],
    ],
  ],
  [ENV_UNIX_SOCKET_DIR, [['no/such/folder'], ['/dev/null'], ['/proc/self/fd']]],
  [ENV_UNIX_SOCKET_DIR, [['.'], ['../cwd//./'], ['%s%n*'], ['x'.repeat(200), 'a path of 200 characters']]],
  [ENV_MIN_PORT, [[''], ['ten'], ['-1'], ['65536'], ['99999999999999999999']]],
  [ENV_MAX_PORT, [[''], ['ten'], ['-1'], ['0'], ['65536']]],
  [ENV_CLIENT_CERT, [['no certificate'], ['\u0001'], ['A'.repeat(100_000), '100,000 letters']]],
  [
    ENV_CLIENT_CERT,
    [
      [pem(), 'a PEM that ends after its first line'],
      [pem(PEM_LINE, PEM_LINE), 'a PEM without an end'],
      [pem(PEM_LINE, END_OF_PEM), 'a PEM whose certificate is cut'],
      [pem('!!!!', END_OF_PEM), 'a PEM that is not base64'],
      [pem(END_OF_PEM), 'an empty PEM'],
      [`-----BEGIN PRIVATE KEY-----\n${PEM_LINE}\n-----END PRIVATE KEY-----\n`, 'a PEM that is a key'],
    ],
  ],
  [ENV_MULTIPLEX_GRPC, [[''], ['TRUE'], ['1'], ['maybe'], ['x'.repeat(10_000), '10,000 letters']]],
];

const SPOILT: readonly fc.Arbitrary<Spoilt>[] = WRONG.map(([name, values]) =>
  fc.constantFrom(...values).map(([value, words = JSON.stringify(value)]) => ({ name, value, words })),
);

/** How many cases there are of one variable and one kind of mistake each. */
export const SINGLE_CASES: number = SPOILT.length;

/** Environments with one variable gone wrong, and then with two; the same ones for the same seed. */
export function environmentCases(seed: number, count: number): EnvironmentCase[] {
  const alone = SPOILT.flatMap((arbitrary, index) =>
    fc.sample(arbitrary, { seed: seed + index, numRuns: 1 }),
  );
  const two = fc.uniqueArray(fc.oneof(...SPOILT), {
    selector: ({ name }) => name,
    minLength: 2,
    maxLength: 2,
  });
  const more = fc.sample(two, { seed, numRuns: count });
  return [...alone.map((each) => [each]), ...more].slice(0, count).map(caseOf);
}

function caseOf(spoilt: readonly Spoilt[]): EnvironmentCase {
  return {
    kind: 'environment',
    mutations: spoilt.map(({ name, words }) => `${name} is ${words}`),
    env: Object.fromEntries(spoilt.map(({ name, value }) => [name, value])),
  };
}

/** Values of the magic cookie that are nearly right, the likeliest mistakes first, in an environment that is otherwise honest. */
export function nearCookies(key: string, value: string): EnvironmentCase[] {
  const near: readonly (readonly [words: string, value: string])[] = [
    ['is in capitals', value.toUpperCase()],
    ['is in small letters', value.toLowerCase()],
    ['has a character more at its end', `${value}x`],
    ['lacks its last character', value.slice(0, -1)],
    ['has a line feed behind it', `${value}\n`],
    ['has a space behind it', `${value} `],
    ['has a character more at its start', `x${value}`],
    ['is empty', ''],
  ];
  return near
    .filter(([, wrong]) => wrong !== value)
    .map(([words, wrong]) => ({
      kind: 'environment' as const,
      mutations: [`the magic cookie ${key} ${words}`],
      env: { [key]: wrong },
    }));
}

/** The same with one variable fewer, where there is more than one; for the smallest that still does it. */
export function smallerEnvironments(environment: EnvironmentCase): EnvironmentCase[] {
  const names = Object.keys(environment.env);
  if (names.length < 2) return [];
  return names.map((_, index) => ({
    kind: 'environment',
    mutations: environment.mutations.filter((_text, at) => at === index),
    env: Object.fromEntries(Object.entries(environment.env).filter((_entry, at) => at === index)),
  }));
}
