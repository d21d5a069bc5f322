import { setTimeout as delay } from 'node:timers/promises';
import type { Order, RelayOrders } from '../messages.js';
import { Connections } from './connections.js';
import { Control } from './control.js';
import { dieOf, killGroup } from './end.js';
import { doFault } from './faults.js';
import { startGuard, type Guard } from './guard.js';
import type { ReadLine } from './handshake-line.js';
import { Hold } from './hold.js';
import { listen, newSocketPath, type Listener } from './listener.js';
import { launchPlugin, type Plugin } from './plugin.js';
import { PluginOutput } from './plugin-output.js';

/** How long after the plugin's end a host may take to read what it sent, in ms. */
const LAST_BYTES_MS = 2_000;
/** The same for stdout, which a child of the plugin may hold open for ever. */
const LAST_OUTPUT_MS = 100;

/**
 * Stands in for a plugin: says hello to the driver, launches the plugin, relays, and ends as it ends.
 *
 * @throws Error when there is no driver, no place to listen, or no plugin
 */
export async function standIn({ control: path, command }: RelayOrders): Promise<void> {
  const control = await Control.connect(path);
  const plan = await control.plan();
  try {
    const hold = new Hold(plan.hold);
    const connections = new Connections(hold);
    const socketPath = plan.network === 'tcp' ? '' : newSocketPath();
    const [guard, listener] = await Promise.all([
      startGuard(path, socketPath),
      listen(socketPath, (host) => connections.accept(host)),
    ]);
    const plugin = await launchPlugin(command, guard);
    new Standin(control, hold, connections, guard, listener, plugin).start();
  } catch (error) {
    control.tell({ event: 'failed', message: (error as Error).message });
    throw error;
  }
}

export class Standin {
  readonly connections: Connections;
  readonly guard: Guard;
  readonly listener: Listener;
  readonly plugin: Plugin;
  readonly #control: Control;
  readonly #hold: Hold;
  readonly #output: PluginOutput;
  #isEnding = false;

  constructor(
    control: Control,
    hold: Hold,
    connections: Connections,
    guard: Guard,
    listener: Listener,
    plugin: Plugin,
  ) {
    this.#control = control;
    this.#hold = hold;
    this.connections = connections;
    this.guard = guard;
    this.listener = listener;
    this.plugin = plugin;
    this.#output = new PluginOutput(plugin.stdout, (line, pass) => this.#onHandshake(line, pass));
  }

  start(): void {
    this.#control.obey((order, began) => this.#obey(order, began));
    this.#control.tell({ event: 'launched', pid: this.plugin.pid });
    this.#control.onGone(() => {
      process.stderr.write('relay: the driver of this relay is gone\n');
      this.exit(1);
    });
    void this.plugin.exit.then(({ code, signal }) => this.#endAs(code, signal));
  }

  /** Ends the plugin and this process at once. */
  exit(code: number): void {
    this.#isEnding = true;
    killGroup(this.plugin.pid);
    this.listener.close();
    process.exit(code);
  }

  #onHandshake(line: ReadLine, pass: (line: string) => void): void {
    const { where } = line;
    if ('path' in where) this.#control.tell({ event: 'plugin-socket', path: where.path });
    this.connections.leadTo(line);
    const passOn = (): void => {
      pass(line.at(this.listener.network, this.listener.address));
      if (this.#hold.isAt('connection')) this.#hold.reached();
    };
    if (!this.#hold.isAt('handshake')) return passOn();
    this.#hold.whenReleased(passOn);
    this.#hold.reached();
  }

  async #obey(order: Order, began: () => void): Promise<void> {
    switch (order.do) {
      case 'held':
        if (!this.#hold.isPlanned) throw new Error('No hold was planned for this launch.');
        return this.#hold.whenReached;
      case 'release':
        this.#hold.release();
        return this.connections.release();
      case 'holdReplies':
        return this.connections.holdReplies();
      case 'requests':
        return this.connections.tally.reached(order.method, order.count);
      case 'fault':
        return doFault(order.fault, this, began);
    }
  }

  /** Everything that the plugin sent is passed on, and then this process ends in the same way. */
  async #endAs(code: number | null, signal: NodeJS.Signals | null): Promise<void> {
    if (this.#isEnding) return;
    this.#isEnding = true;
    await Promise.all([
      Promise.race([this.connections.finished(), delay(LAST_BYTES_MS)]),
      Promise.race([this.#output.finished, delay(LAST_OUTPUT_MS)]),
    ]);
    this.listener.close();
    if (signal) dieOf(signal);
    else process.exit(code ?? 1);
  }
}
