import { MIN_FIELDS } from './constants.js';
import { Refusal } from './errors.js';

const ON_STDERR = 'print it on stderr instead.';

/** What a line that is no handshake looks like, and where such a line comes from; the first that fits. */
const LIKELY_CAUSES: readonly (readonly [pattern: RegExp, cause: string])[] = [
  [/^$/, `An empty line came first: something prints a line break before the handshake; ${ON_STDERR}`],
  [
    /\0/,
    'There are NUL bytes in it, as in UTF-16: print the line as plain ASCII, and run the plugin itself, not a shell that re-encodes its output.',
  ],
  [/^\d+\|/, 'It begins as a handshake does, and fields are missing: print 1|<version>|unix|<path>|netrpc.'],
  [
    /^\s*\{/,
    `It looks like a log record: give the log library os.Stderr, since stdout is the host’s; ${ON_STDERR}`,
  ],
  [
    /\p{Cc}\[\d/u,
    `It has terminal colours in it, so it is meant for people: a banner or a log; ${ON_STDERR}`,
  ],
  [
    /^(?:panic: |fatal error: |Traceback |Error: |Exception )/,
    'The program failed before it listened: the rest of its output tells why.',
  ],
  [
    /^/,
    'Whatever is printed before go-plugin’s own line (fmt.Println, a banner, a log library, an init function) must go to stderr instead.',
  ],
];

export function notAHandshake(line: string, fieldCount: number): Refusal {
  const cause = LIKELY_CAUSES.find(([pattern]) => pattern.test(line))?.[1] ?? '';
  return new Refusal(
    'HANDSHAKE_UNRECOGNIZED',
    `The first line of stdout is not a handshake: it has ${fieldCount} of at least ${MIN_FIELDS} fields separated by "|".`,
    cause,
  );
}
