import { connect, type Socket } from 'node:net';
import {
  readMessages,
  writeMessage,
  type FromRelay,
  type Hello,
  type Order,
  type ToRelay,
} from '../messages.js';
import type { RelayPlan } from '../plan.js';

/** How long the driver may take to tell the plan, in ms. */
const PLAN_MS = 10_000;

/** A connection to the driver, on which something of the relay with our pid says hello. */
export function connectControl(path: string, hello: Hello['hello']): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    const fail = (error: Error): void => {
      reject(new Error(`the driver of this relay is gone: ${error.message}`));
    };
    socket.once('error', fail).once('connect', () => {
      socket.off('error', fail).on('error', () => {});
      writeMessage(socket, { hello, pid: process.pid });
      resolve(socket);
    });
  });
}

/**
 * Carries an order out; rejects with an Error when that cannot be. `began` is to be called when nothing can hinder it
 * any more, and what it does may be the end of this process.
 */
type OnOrder = (order: Order, began: () => void) => Promise<void>;

/** The driver, as a run of the relay has it. */
export class Control {
  readonly #socket: Socket;
  #onPlan: ((plan: RelayPlan) => void) | undefined;
  #onOrder: OnOrder = () => Promise.reject(new Error('the plugin does not run yet'));

  private constructor(socket: Socket) {
    this.#socket = socket;
    readMessages(socket, (received) => {
      const message = received as ToRelay;
      if ('plan' in message) this.#onPlan?.(message.plan);
      else void this.#answer(message.id, message.order);
    });
  }

  static async connect(path: string): Promise<Control> {
    return new Control(await connectControl(path, 'relay'));
  }

  /** What this run is to do; to be asked first. */
  plan(): Promise<RelayPlan> {
    return new Promise((resolve, reject) => {
      const fail = (): void => reject(new Error('the driver of this relay tells no plan'));
      const timer = setTimeout(fail, PLAN_MS);
      this.#socket.once('close', fail);
      this.#onPlan = (plan) => {
        clearTimeout(timer);
        this.#socket.off('close', fail);
        resolve(plan);
      };
    });
  }

  onGone(listener: () => void): void {
    if (this.#socket.destroyed) listener();
    else this.#socket.once('close', listener);
  }

  obey(onOrder: OnOrder): void {
    this.#onOrder = onOrder;
  }

  tell(message: FromRelay): void {
    writeMessage(this.#socket, message);
  }

  async #answer(id: number, order: Order): Promise<void> {
    try {
      await this.#onOrder(order, () => this.tell({ began: id }));
      this.tell({ id });
    } catch (error) {
      this.tell({ id, error: (error as Error).message });
    }
  }
}
