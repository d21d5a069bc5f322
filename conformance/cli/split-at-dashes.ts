/** What stands behind `--` is the plugin's command, flags and all; `undefined` without `--`. */
export interface SplitWords {
  readonly words: readonly string[];
  readonly command: readonly string[] | undefined;
}

/** commander would take the words behind `--` for more plugins, or the first of them for a command of ours. */
export function splitAtDashes(argv: readonly string[]): SplitWords {
  const at = argv.indexOf('--');
  return at < 0
    ? { words: argv, command: undefined }
    : { words: argv.slice(0, at), command: argv.slice(at + 1) };
}
