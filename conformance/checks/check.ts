import type { JsonValue } from '../../harness/value/index.js';
import type { TapeLine } from '../../harness/tape/index.js';
import type { FaultCell } from '../faults/index.js';
import type { Counterexample, Fuzz } from '../fuzz/index.js';
import type { HostSubject } from '../hosts/index.js';
import type { MethodTarget, Subject } from '../subject/index.js';

/**
 * What a failure means. `must`: some go-plugin host breaks, loses data or hangs, or the contract is broken.
 * `should`: it works, and the author can and ought to do better. `may`: hardening, never held against the plugin.
 */
export type Level = 'must' | 'should' | 'may';

export type Area =
  | 'launch'
  | 'handshake'
  | 'version'
  | 'session'
  | 'dispense'
  | 'interface'
  | 'errors'
  | 'concurrency'
  | 'lifecycle'
  | 'logging'
  | 'security'
  | 'crash'
  | 'hang'
  | 'wire'
  | 'fuzz'
  | 'host';

/** What shows a finding, and lets it be seen again. */
export interface Evidence {
  readonly handshake?: string;
  readonly arguments?: JsonValue;
  readonly reply?: JsonValue;
  readonly exit?: string;
  /** The end of stderr. */
  readonly stderr?: string;
  /** The start of stdout. */
  readonly stdout?: string;
  readonly tape?: readonly TapeLine[];
  /** The shortest way to see it, as a document that can be saved and replayed. */
  readonly counterexample?: Counterexample;
  /** Whatever else was seen. */
  readonly seen?: readonly string[];
}

export type CheckOutcome =
  | { readonly outcome: 'passed'; readonly message?: string }
  | {
      readonly outcome: 'failed';
      /** The likely cause, in one or two sentences. */
      readonly message: string;
      readonly expected: string;
      readonly actual: string;
      /** What to do, where this case knows better than the check's own `fix`. */
      readonly fix?: string;
      readonly evidence?: Evidence;
      /** The failure is that something took too long: it counts only when it comes again. */
      readonly byTime?: boolean;
    }
  | { readonly outcome: 'failed'; readonly blockedBy: string }
  | { readonly outcome: 'not-applicable'; readonly message: string }
  | { readonly outcome: 'inconclusive'; readonly message: string };

export interface CheckContext {
  readonly subject: Subject;
  readonly fuzz: Fuzz;
  /** 0 at first; 1 and 2 when a failure by time is looked at again with nothing else running. */
  readonly attempt: number;
}

export interface HostContext {
  readonly host: HostSubject;
  /** As in {@link CheckContext}. */
  readonly attempt: number;
}

interface CheckFacts {
  /** `area/what-is-promised`; never changes meaning. */
  readonly id: `${Area}/${string}`;
  /** The promise, as a sentence about the plugin or the host. */
  readonly title: string;
  readonly level: Level;
  /** Checks that must hold before this one says anything. A check for each method needs the same method's results. */
  readonly needs: readonly string[];
  /** Where the rule comes from: a file of go-plugin or Go, a thread that shows the failure. */
  readonly reference: string;
  /** What happens to users when the promise is broken. */
  readonly why: string;
  readonly fix: string;
}

/** A promise about the plugin as a whole. */
export interface PluginCheck extends CheckFacts {
  readonly target: 'plugin';
  run(context: CheckContext): Promise<CheckOutcome>;
}

/** A promise about each method of the contract, with one result for each. */
export interface MethodCheck extends CheckFacts {
  readonly target: 'method';
  run(context: CheckContext, target: MethodTarget): Promise<CheckOutcome>;
}

/** A promise about a host. */
export interface HostCheck extends CheckFacts {
  readonly target: 'host';
  run(context: HostContext): Promise<CheckOutcome>;
}

/** A promise about a host under each fault of the table, with one result for each. */
export interface FaultCheck extends CheckFacts {
  readonly target: 'fault';
  run(context: HostContext, cell: FaultCell): Promise<CheckOutcome>;
}

export type Check = PluginCheck | MethodCheck | HostCheck | FaultCheck;

export function areaOf(id: string): Area {
  return id.slice(0, id.indexOf('/')) as Area;
}
