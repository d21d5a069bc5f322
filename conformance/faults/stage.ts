import type { JsonValue } from '../../harness/value/index.js';
import type { HostControl } from './host-control.js';

/** How long a host may take for what, in ms. */
export interface FaultBudgets {
  /** Launch to handshake, as the host is set. */
  readonly startTimeoutMs: number;
  /** One call, as the host is set. */
  readonly timeoutMs: number;
  /** Until a plugin that does not answer is Crashed. */
  readonly hangMs: number;
  /** Until an exit or a dead connection is. */
  readonly noticeMs: number;
  /** From the wish that a plugin ends to the end of all its processes. */
  readonly stopMs: number;
}

type Program = readonly [string, ...string[]];

/** What a fault needs around it: a host that is running, a plugin for the fault, and others to be left alone. */
export interface Stage {
  readonly host: HostControl;
  /** A plugin that the host has loaded and that nothing is done to. */
  readonly witness: { readonly id: string; readonly pid: number | undefined };
  /** The plugin that the fault is for. */
  readonly plugin: Program;
  /** One that has not been loaded, with another id. */
  readonly other: Program;
  /** A call that may be repeated, and whose reply stays the same. */
  readonly call: { readonly method: string; readonly args: JsonValue };
  readonly budgets: FaultBudgets;
}
