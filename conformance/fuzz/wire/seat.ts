import type { Duplex } from 'node:stream';
import { connectSocket, type LaunchedPlugin } from '../../../harness/client/index.js';
import { HarnessError } from '../../../harness/errors.js';
import { PANIC, type PluginSession, type RepeatableCall, type Subject } from '../../subject/index.js';
import { explainLoss } from '../../subject/loss.js';
import { recordConversation, type Conversation } from './conversation.js';
import { play, type Patience } from './play.js';
import type { WireCase } from './wire-case.js';

/** What became of the plugin after a malformed conversation. */
export type WireOutcome =
  | { readonly kind: 'held' }
  /** Its process ended. */
  | { readonly kind: 'died'; readonly text: string; readonly stderr: string }
  /** It runs, and a new connection does not work. */
  | {
      readonly kind: 'unreachable';
      readonly text: string;
      readonly byTime: boolean;
      readonly stderr: string;
    };

export type WireFailure = Exclude<WireOutcome, { kind: 'held' }>;

/** Why a new host was not served. */
interface Refusal {
  readonly text: string;
  readonly byTime: boolean;
}

/** How long a process that lets go of its connections may take to be gone, in ms. */
const DYING_MS = 300;

/** As much of stderr as stands in a report, in characters. */
const SHOWN = 4_000;

/** Sockets that malformed conversations hold open while a new connection is tried. More would be another test. */
const MAX_HELD = 1;

/** A process of the plugin at which malformed conversations are thrown, with an honest host at its side. */
export class Seat {
  readonly plugin: LaunchedPlugin;
  readonly #subject: Subject;
  readonly #honest: PluginSession;
  readonly #call: RepeatableCall | undefined;
  readonly #held: Duplex[] = [];

  private constructor(subject: Subject, honest: PluginSession, call: RepeatableCall | undefined) {
    this.#subject = subject;
    this.#honest = honest;
    this.#call = call;
    this.plugin = honest.plugin;
  }

  /** @throws HarnessError when not even an honest host is served */
  static async take(subject: Subject): Promise<Seat> {
    const call = await subject.repeatableCall();
    return new Seat(subject, await subject.freshSession(), call);
  }

  /** @throws HarnessError */
  async record(): Promise<Conversation> {
    const { contract, budgets } = this.#subject;
    const target = this.#call?.target;
    const plugin = contract.plugins.get(target?.plugin ?? '') ?? [...contract.plugins.values()][0];
    if (!plugin) throw new Error('A contract without plugins has no conversation.');
    const call = this.#call && { method: this.#call.target.method.name, args: this.#call.args };
    return recordConversation(
      await this.#open(budgets.timeoutMs),
      { plugin, ...(call ? { call } : {}) },
      budgets.timeoutMs,
    );
  }

  /** Sends a malformed conversation; what comes of it, {@link judge} tells. */
  async suffer(wireCase: WireCase, patience: Patience): Promise<void> {
    if (this.plugin.process.exited) return;
    try {
      const held = await play(await this.#open(this.#subject.budgets.timeoutMs), wireCase, patience);
      if (held) this.#held.push(held);
      while (this.#held.length > MAX_HELD) this.#held.shift()?.destroy();
    } catch (error) {
      // That nobody can connect any more is seen, and told, by an honest host.
      if (!(error instanceof HarnessError)) throw error;
    }
  }

  /** Whether the process lives, and serves one more host. What is held is held until then. */
  async judge(timeoutMs: number = this.#subject.budgets.timeoutMs): Promise<WireOutcome> {
    const failure = await this.#greet(timeoutMs);
    for (const socket of this.#held.splice(0)) socket.destroy();
    const { process } = this.plugin;
    // A host may notice before we hear of the process.
    if (failure && !failure.byTime) await this.linger(DYING_MS);
    if (process.exited) {
      const { text } = await explainLoss(this.plugin);
      return { kind: 'died', text, stderr: tellingPart(process.stderr.text()) };
    }
    if (!failure) return { kind: 'held' };
    return { kind: 'unreachable', ...failure, stderr: tellingPart(process.stderr.text()) };
  }

  /** Waits for an end of the process that comes late, but not for long. */
  async linger(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      this.plugin.process.exit,
      new Promise((resolve) => {
        timer = setTimeout(resolve, ms);
      }),
    ]);
    clearTimeout(timer);
  }

  async leave(): Promise<void> {
    for (const socket of this.#held.splice(0)) socket.destroy();
    await this.#subject.release(this.plugin);
  }

  async #open(timeoutMs: number): Promise<Duplex> {
    return connectSocket((await this.plugin.handshake).address, { timeoutMs });
  }

  async #greet(timeoutMs: number): Promise<Refusal | undefined> {
    let doing = 'connect and dispense';
    let timer: NodeJS.Timeout | undefined;
    let session: PluginSession | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), timeoutMs);
    });
    const greeting = async (): Promise<Refusal | undefined> => {
      session = await this.#honest.another();
      doing = 'ping';
      await session.connection.ping(timeoutMs);
      if (!this.#call) return undefined;
      doing = `call ${this.#call.target.method.name}`;
      const outcome = await session.call(this.#call.target, this.#call.args, timeoutMs);
      if (outcome.kind === 'reply' || outcome.kind === 'error') return undefined;
      return unreachable(doing, outcome.text, outcome.kind === 'timeout');
    };
    try {
      const failure = await Promise.race([greeting(), late]);
      if (failure !== 'late') return failure;
      return unreachable(doing, `no answer within ${timeoutMs} ms`, true);
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      return unreachable(doing, error.message, error.code.endsWith('TIMEOUT'));
    } finally {
      clearTimeout(timer);
      session?.connection.destroy();
    }
  }
}

function unreachable(doing: string, text: string, byTime: boolean): Refusal {
  return { text: `a new host could not ${doing}: ${text}`, byTime };
}

/** The end of stderr, or, where Go’s runtime says why the process dies, what it says from its first word on. */
function tellingPart(stderr: string): string {
  const panic = stderr.search(PANIC);
  return panic < 0 ? stderr.slice(-SHOWN) : stderr.slice(panic, panic + SHOWN);
}
