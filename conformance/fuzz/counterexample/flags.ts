import { quote } from '../../../harness/quote.js';

/** What the flags of a counterexample say. */
export interface ReplayFlags {
  readonly contract?: string;
  readonly cookie?: { readonly key: string; readonly value: string };
  readonly requireAll?: boolean;
  readonly allowEffects?: boolean;
  readonly inheritEnv?: boolean;
  /** Variables with their values. */
  readonly env: Readonly<Record<string, string>>;
  /** Names of variables that were passed on. */
  readonly passEnv: readonly string[];
  readonly startTimeoutMs?: number;
  readonly timeoutMs?: number;
}

/** A word that is no flag, and which of the words it is. */
export interface FlagMistake {
  readonly index: number;
  readonly problem: string;
}

type Flags = { -readonly [K in keyof ReplayFlags]: ReplayFlags[K] } & {
  env: Record<string, string>;
  passEnv: string[];
};

const SWITCHES: Readonly<Record<string, (flags: Flags) => void>> = {
  '--require-all': (flags) => (flags.requireAll = true),
  '--allow-effects': (flags) => (flags.allowEffects = true),
  '--inherit-env': (flags) => (flags.inheritEnv = true),
};

/** Each says whether it can make something of the word. */
const OPTIONS: Readonly<Record<string, (flags: Flags, word: string) => boolean>> = {
  '--contract': (flags, word) => {
    flags.contract = word;
    return word !== '';
  },
  '--cookie': (flags, word) => {
    const at = word.indexOf('=');
    flags.cookie = { key: word.slice(0, at), value: word.slice(at + 1) };
    return at > 0;
  },
  '--env': (flags, word) => {
    const at = word.indexOf('=');
    if (at < 0) flags.passEnv.push(word);
    // A plain assignment to __proto__ would be lost.
    else
      Object.defineProperty(flags.env, word.slice(0, at), {
        value: word.slice(at + 1),
        enumerable: true,
        configurable: true,
      });
    return at !== 0 && word !== '';
  },
  // How long was looked for it makes no difference.
  '--runs': (_, word) => isTime(Number(word)),
  '--budget': (_, word) => isTime(Number(word)),
  '--start-timeout': (flags, word) => isTime((flags.startTimeoutMs = Number(word))),
  '--timeout': (flags, word) => isTime((flags.timeoutMs = Number(word))),
};

/** setTimeout's longest delay, in ms. */
const LONGEST_MS = 2 ** 31 - 1;

function isTime(ms: number): boolean {
  return Number.isSafeInteger(ms) && ms >= 1 && ms <= LONGEST_MS;
}

/** Reads the flags of a counterexample. */
export function readFlags(words: readonly string[]): ReplayFlags | FlagMistake {
  const flags: Flags = { env: {}, passEnv: [] };
  for (let index = 0; index < words.length; index++) {
    const name = words[index] ?? '';
    if (Object.hasOwn(SWITCHES, name)) {
      SWITCHES[name]?.(flags);
      continue;
    }
    if (!Object.hasOwn(OPTIONS, name)) return { index, problem: `is no flag of a replay: ${quote(name)}` };
    const word = words[++index];
    if (word === undefined) return { index: index - 1, problem: `is ${name}, and nothing follows` };
    if (!OPTIONS[name]?.(flags, word)) return { index, problem: `is not what ${name} takes: ${quote(word)}` };
  }
  return flags;
}
