/** What of a command line changes what a check sees. */
export interface ReproduceOptions {
  readonly command: readonly string[];
  /** As given on the command line; left out when it is the default. */
  readonly flags: readonly string[];
  readonly seed: number;
}

/** A command for a shell that shows one result again. */
export function reproduceCommand(key: string, { command, flags, seed }: ReproduceOptions): string {
  const [file = '', ...args] = command;
  const subject = args.length === 0 ? [file] : ['--', file, ...args];
  const options = [...flags, '--only', key, '--seed', String(seed)];
  return ['npx', 'iglu-conformance', ...(args.length === 0 ? [...subject, ...options] : [...options, ...subject])]
    .map(shellWord)
    .join(' ');
}

function shellWord(word: string): string {
  return /^[A-Za-z0-9_./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
