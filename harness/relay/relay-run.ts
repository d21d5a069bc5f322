import type { Socket } from 'node:net';
import { RelayError } from './errors.js';
import { writeMessage, type Order } from './messages.js';
import type { RelayFault } from './plan.js';

/** How long an order that waits for nobody may take, in ms: a busy machine, and a host that reads slowly. */
const ORDER_TIMEOUT_MS = 10_000;

/** One launch of the relay by a host. All its methods reject with RELAY_GONE when it has ended. */
export class RelayRun {
  /** The process that the host sees. */
  readonly pid: number;
  readonly pluginPid: number;
  /** The relay's process is gone, and its guard has ended what it left: the plugin with its group, the socket. */
  readonly exit: Promise<void>;
  readonly #socket: Socket;
  readonly #pending = new Map<number, (outcome: RelayError | undefined) => void>();
  /** Orders that are carried out, whatever becomes of the relay. */
  readonly #begun = new Set<number>();
  #orders = 0;
  #gone = false;

  constructor(pid: number, pluginPid: number, socket: Socket, exit: Promise<void>) {
    this.pid = pid;
    this.pluginPid = pluginPid;
    this.exit = exit;
    this.#socket = socket;
    socket.once('close', () => {
      this.#gone = true;
      for (const [id, settle] of this.#pending) settle(this.#begun.has(id) ? undefined : this.#goneError());
    });
  }

  /** Resolves when the planned hold was reached. @throws RelayError RELAY_TIMEOUT, RELAY_FAULT without such a plan */
  held(timeoutMs: number): Promise<void> {
    return this.#ask({ do: 'held' }, timeoutMs, 'the planned hold was not reached');
  }

  /** Goes on with whatever is held: the planned hold, which is not made any more if it was not reached, and replies. */
  release(): Promise<void> {
    return this.#ask({ do: 'release' }, ORDER_TIMEOUT_MS, 'nothing was released');
  }

  /** From now on nothing from the plugin reaches the host. */
  holdReplies(): Promise<void> {
    return this.#ask({ do: 'holdReplies' }, ORDER_TIMEOUT_MS, 'replies were not held');
  }

  /**
   * Resolves when so many requests of `Plugin.<method>` came from the host since `holdReplies()`. They are found in
   * the bytes, so that with AutoMTLS none ever is.
   *
   * @throws RelayError RELAY_TIMEOUT
   */
  requests(method: string, count: number, timeoutMs: number): Promise<void> {
    const what = `the host did not send ${count} requests of Plugin.${method}`;
    return this.#ask({ do: 'requests', method, count }, timeoutMs, what);
  }

  /**
   * Resolves when the fault was done, also when the host then killed the relay at once; after `exit` and `panic`, when
   * the process is gone.
   *
   * @throws RelayError RELAY_FAULT when it cannot be had now, RELAY_TIMEOUT when it was not done within 10 s; while
   * the relay is stopped, that is every one but the signal SIGCONT.
   */
  async fault(fault: RelayFault): Promise<void> {
    const signal = fault.kind === 'signal' ? fault.signal : undefined;
    if (signal === 'SIGCONT') this.#signal('SIGCONT');
    await this.#ask({ do: 'fault', fault }, ORDER_TIMEOUT_MS, `the fault ${fault.kind} was not done`);
    if (signal === 'SIGSTOP') this.#signal('SIGSTOP');
    if (fault.kind === 'exit' || fault.kind === 'panic') await this.exit;
  }

  /** An answer to an order; for the driver. */
  answered(id: number, error: string | undefined): void {
    this.#pending.get(id)?.(error === undefined ? undefined : new RelayError('RELAY_FAULT', error));
  }

  /** A fault is being done; for the driver. */
  began(id: number): void {
    if (this.#pending.has(id)) this.#begun.add(id);
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#gone) throw this.#goneError();
    try {
      process.kill(this.pid, signal);
    } catch (cause) {
      throw new RelayError('RELAY_GONE', `The relay’s process ${this.pid} cannot be sent ${signal}.`, {
        cause,
      });
    }
  }

  #ask(order: Order, timeoutMs: number, failure: string): Promise<void> {
    if (this.#gone) return Promise.reject(this.#goneError());
    const id = this.#orders++;
    return new Promise((resolve, reject) => {
      const settle = (outcome: RelayError | undefined): void => {
        clearTimeout(timer);
        this.#pending.delete(id);
        this.#begun.delete(id);
        if (outcome) reject(outcome);
        else resolve();
      };
      const timer = setTimeout(() => settle(this.#timeout(timeoutMs, failure)), timeoutMs);
      this.#pending.set(id, settle);
      writeMessage(this.#socket, { id, order });
    });
  }

  #timeout(ms: number, failure: string): RelayError {
    return new RelayError('RELAY_TIMEOUT', `Within ${ms} ms, ${failure} (relay ${this.pid}).`);
  }

  #goneError(): RelayError {
    return new RelayError(
      'RELAY_GONE',
      `The relay ${this.pid} has ended, and the plugin ${this.pluginPid} with it.`,
    );
  }
}
