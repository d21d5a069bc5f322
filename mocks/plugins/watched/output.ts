// What plugins print, and hosts have to bear.

const MIB = 1024 * 1024;
const LINE_BYTES = 128;

const lines = (count: number, text: string): string => `${text.padEnd(LINE_BYTES - 1, '.')}\n`.repeat(count);

/** As much as sixteen pipes hold: a host that does not read lets the plugin stand still. */
export const FLOOD = lines(MIB / LINE_BYTES, 'a line of a flood');

/** More than a pipe holds, in lines that are short enough for a go-plugin host's scanner. */
export const OUTPUT = lines((128 * 1024) / LINE_BYTES, 'a line on stdout');

/** Longer than the 64 KiB lines that a go-plugin host reads (client.go, `logStderr`). */
const LONG_LINE_BYTES = 200 * 1024;

const json = (value: unknown): string => JSON.stringify(value);

/** Lines that look as if hclog had written them, and did not. */
export const ODD_LOG = [
  json({
    '@level': 'info',
    '@message': 'fields of all types',
    number: 1,
    list: [1],
    none: null,
    more: { a: 1 },
  }),
  json({ '@level': 'shout', '@message': 'a level that nobody knows' }),
  json({ '@level': 'info', '@message': 'a time that nobody can read', '@timestamp': 'yesterday' }),
  json({ level: 'info', msg: 'the names of another log library' }),
  json(['a', 'JSON', 'array']),
  json('a JSON string'),
  'null',
  '{"@level":"info","@message":"cut off in the midd',
  '[WARN] a level in brackets',
  'panic: not really\n\tat all',
  'x'.repeat(LONG_LINE_BYTES),
  'the last line of an odd log',
]
  .map((line) => `${line}\n`)
  .join('');

/** Each of these lines panics a host that logs with go-plugin (log_entry.go:49, :54 and :59, v1.8.0). */
export const DISASTROUS_LOG = [
  json({ '@level': 'info', '@message': 42 }),
  json({ '@level': 30, '@message': 'a number for a level' }),
  json({ '@level': 'info', '@message': 'a number for a time', '@timestamp': 1_700_000_000 }),
]
  .map((line) => `${line}\n`)
  .join('');
