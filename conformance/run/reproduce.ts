import { commandLine } from '../report/index.js';

/** What of a command line changes what a check sees. */
export interface ReproduceOptions {
  readonly command: readonly string[];
  /** As given on the command line; left out when it is the default. */
  readonly flags: readonly string[];
  readonly seed?: number;
  /** A plugin unless it says so. */
  readonly subject?: 'host';
}

/** A command for a shell that shows one result again. */
export function reproduceCommand(key: string, { command, flags, seed, subject }: ReproduceOptions): string {
  const options = [...flags, '--only', key, ...(seed === undefined ? [] : ['--seed', String(seed)])];
  const [file = ''] = command;
  if (subject === 'host') {
    const [host = '', ...args] = command;
    const rest = args.length === 0 ? [] : ['--', ...args];
    return commandLine(['npx', 'iglu-conformance', 'host', host, ...options, ...rest]);
  }
  // A name without a slash, which is looked up on PATH, is a command; named as a plugin it would be a path.
  const isPath = command.length === 1 && /[/\\]/.test(file) && !file.startsWith('-');
  return commandLine([
    'npx',
    'iglu-conformance',
    ...(isPath ? [file, ...options] : [...options, '--', ...command]),
  ]);
}
