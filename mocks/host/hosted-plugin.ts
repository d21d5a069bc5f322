import { quote } from '../../harness/quote.js';
import type { Value } from '../../harness/value/index.js';
import { HostError } from './errors.js';
import type { Home } from './home.js';
import type { PluginRun } from './plugin-run.js';
import { Restarts } from './restarts.js';
import { Serial } from './serial.js';
import { startPlugin, type StartedPlugin } from './start-plugin.js';
import type { CrashReason, PluginInfo, PluginState } from './state.js';

/** A plugin under its id, from one process to the next. */
export class HostedPlugin {
  readonly id: string;
  readonly command: readonly [string, ...string[]];
  readonly #home: Home;
  readonly #operations = new Serial();
  readonly #restarts: Restarts;
  #state: PluginState = 'Stopped';
  #reason: CrashReason | undefined;
  #manifest: Value | undefined;
  #run: PluginRun | undefined;
  #lastRun: PluginRun | undefined;
  #starting: AbortController | undefined;
  #unloaded = false;

  constructor(id: string, command: readonly [string, ...string[]], home: Home) {
    this.id = id;
    this.command = command;
    this.#home = home;
    this.#restarts = new Restarts(home.settings.restart);
  }

  /** As it is now; it does not change afterwards. */
  get info(): PluginInfo {
    return {
      id: this.id,
      file: this.command[0],
      command: this.command,
      state: this.#state,
      ...(this.#reason && { reason: this.#reason }),
      ...(this.#run && { pid: this.#run.pid }),
      manifest: this.#manifest,
    };
  }

  /** What its process, or the last one it had, wrote to stderr. */
  get stderr(): string {
    return this.#lastRun?.stderr ?? '';
  }

  /** Takes in a process that was started as this plugin. */
  adopt({ run, manifest }: StartedPlugin): void {
    this.#run = run;
    this.#lastRun = run;
    this.#manifest = manifest;
    this.#restarts.running();
    void run.over.then((reason) => this.#crashed(run, reason));
    this.#change('Running');
  }

  /** @throws HostError HOST_ALREADY_RUNNING, HOST_ID_CHANGED, or as `startPlugin` does; the state stays as it was then */
  start(): Promise<void> {
    return this.#operate(() => {
      this.#restarts.cancel();
      return this.#start();
    });
  }

  /** Calls off a start that is under way. */
  stop(): Promise<void> {
    this.#callOff();
    return this.#operate(() => this.#stop());
  }

  reload(): Promise<void> {
    return this.#operate(async () => {
      await this.#stop();
      await this.#start();
    });
  }

  /** Stops it for good: every operation that comes after it fails. */
  unload(): Promise<void> {
    this.#callOff();
    return this.#operate(async () => {
      await this.#stop();
      this.#unloaded = true;
    });
  }

  /** Calls run side by side, with each other and with operations. */
  async call(method: string, args: Value, timeoutMs?: number): Promise<Value> {
    const { plugin } = this.#home.settings;
    const contract = plugin.methods.get(method);
    if (!contract) {
      const names = [...plugin.methods.keys()].join(', ');
      throw new HostError(
        'HOST_NO_SUCH_METHOD',
        `The contract of ${plugin.name} has no method ${quote(method)}; it has ${names}.`,
      );
    }
    if (!this.#run || this.#run.stopping) {
      const state = this.#run ? 'being stopped' : this.#state;
      throw new HostError(
        'HOST_NOT_RUNNING',
        `${method} was not called: the plugin ${quote(this.id)} is ${state}.`,
      );
    }
    return this.#run.call(contract, args, timeoutMs);
  }

  #operate(operation: () => Promise<void>): Promise<void> {
    return this.#operations.run(async () => {
      if (this.#unloaded) throw unknownPlugin(this.id);
      await operation();
    });
  }

  async #start(): Promise<void> {
    if (this.#run) {
      throw new HostError(
        'HOST_ALREADY_RUNNING',
        `The plugin ${quote(this.id)} is running already, as process ${this.#run.pid}; reload it.`,
      );
    }
    const started = await this.#launch();
    if (started.id !== this.id) {
      await started.run.end();
      throw new HostError(
        'HOST_ID_CHANGED',
        `${this.command[0]} was loaded as ${quote(this.id)} and now has the id ${quote(started.id)}; unload it and load it anew.`,
      );
    }
    this.adopt(started);
  }

  async #launch(): Promise<StartedPlugin> {
    this.#starting = new AbortController();
    const cancelled = AbortSignal.any([this.#home.cancelled, this.#starting.signal]);
    try {
      return await startPlugin(this.command, this.#home, cancelled);
    } finally {
      this.#starting = undefined;
    }
  }

  #callOff(): void {
    this.#starting?.abort(
      new HostError('HOST_START_FAILED', `${this.command[0]} was told to stop while it was being started.`),
    );
  }

  async #stop(): Promise<void> {
    this.#restarts.cancel();
    await this.#run?.stop();
    this.#run = undefined;
    this.#change('Stopped');
  }

  #crashed(run: PluginRun, reason: CrashReason): void {
    if (run !== this.#run || run.stopping) return;
    this.#run = undefined;
    // Ahead of whatever is asked for next, so that two processes of a plugin never live at a time. What cannot be
    // ended now is tried again when the host's process exits.
    this.#operations.run(() => run.end()).catch(() => {});
    this.#change('Crashed', this.#restartSoon(reason));
  }

  /** @returns the reason, which says so when the plugin is not started again any more */
  #restartSoon(crash: CrashReason, failure = ''): CrashReason {
    const givenUp = this.#restarts.next(() => void this.#operations.run(() => this.#restart(crash)));
    return { ...crash, text: [crash.text, failure, givenUp].filter(Boolean).join(' ') };
  }

  async #restart(crash: CrashReason): Promise<void> {
    if (this.#state !== 'Crashed') return; // Somebody was quicker.
    try {
      await this.#start();
    } catch (error) {
      this.#reason = this.#restartSoon(crash, `It did not start again: ${(error as Error).message}`);
    }
  }

  #change(to: PluginState, reason?: CrashReason): void {
    const from = this.#state;
    if (from === to) return;
    this.#state = to;
    this.#reason = reason;
    this.#home.onChange({
      id: this.id,
      from,
      to,
      at: performance.now(),
      time: Date.now(),
      ...(reason && { reason }),
    });
  }
}

export function unknownPlugin(id: string): HostError {
  return new HostError('HOST_UNKNOWN_PLUGIN', `No plugin has the id ${quote(id)}.`);
}
