import type { TapeLine } from '../../../harness/tape/index.js';
import type { JsonValue } from '../../../harness/value/index.js';
import type { TakenValue } from '../call.js';
import type { Origin } from '../finding.js';
import type { Rate } from '../replay-steps.js';
import type { Ending, WireCase } from '../wire/index.js';

/** The version of the file format; it grows only when a reader of the old one would misread the new one. */
export const SCHEMA_VERSION = 1;

/** The shortest way to see a broken promise again, as a file: `counterexample.schema.json` describes it. */
export interface Counterexample {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly kind: 'counterexample';
  /** What found it. Nothing in the file depends on how: it is what was done, not how that was generated. */
  readonly tool: { readonly name: string; readonly version: string };
  /** The key of the result: `fuzz/process-lives@OnConfigurationUpdate`. */
  readonly key: string;
  /** The law that was broken, where it is one. */
  readonly law?: string;
  readonly contract: { readonly name: string; readonly sha256: string | null };
  readonly subject: {
    /** As it was named; paths are from the folder that the run was in. */
    readonly command: readonly string[];
    readonly sha256: string | null;
  };
  /** What of the command line changes what the plugin sees, word by word. */
  readonly flags: readonly string[];
  /** fast-check’s seed and path; `null` for what was not generated. */
  readonly origin: Origin | null;
  /** How often it failed, of so many times that it was done again. */
  readonly rate: Rate;
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  /** The reply that broke the promise, where it is one, in tagged JSON. */
  readonly reply?: JsonValue;
  readonly what: What;
  /** The end of what went over the wire. */
  readonly tape: readonly TapeLine[];
}

/** What is done to a fresh process of the plugin. */
export type What =
  | {
      readonly kind: 'calls';
      /** Methods that the plugin has and that a host calls once, first of all. */
      readonly once?: readonly { readonly plugin: string; readonly method: string }[];
      readonly steps: readonly StepDocument[];
    }
  | { readonly kind: 'wire'; readonly cases: readonly WireCaseDocument[] }
  | {
      readonly kind: 'environment';
      readonly mutations: readonly string[];
      /** Beside the honest variables, and instead of them; `null` takes one away. */
      readonly env: Readonly<Record<string, string | null>>;
    };

/** Calls that are in flight together. */
export interface StepDocument {
  readonly calls: readonly CallDocument[];
  readonly times?: number;
}

export interface CallDocument {
  readonly plugin: string;
  readonly method: string;
  /** In tagged JSON (harness/value). */
  readonly args: JsonValue;
  readonly taken?: readonly TakenValue[];
  readonly caller?: number;
}

/** A malformed conversation. */
export interface WireCaseDocument {
  readonly layer: WireCase['layer'];
  readonly mutations: readonly string[];
  readonly parts: readonly {
    /** In base64. */
    readonly bytes: string;
    readonly dispensed: boolean;
    readonly brokerIdAt: readonly number[];
  }[];
  readonly brokerId: number;
  readonly ending: Ending;
}
