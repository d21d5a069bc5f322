import { setTimeout as delay } from 'node:timers/promises';
import type { Client, Connection, LaunchedPlugin, Reply } from '../../harness/client/index.js';
import type { MethodContract } from '../../harness/contract/index.js';
import { GobError, typeToString } from '../../harness/gob/index.js';
import { RpcError, RpcServerError } from '../../harness/netrpc/index.js';
import type { Value } from '../../harness/value/index.js';
import { HostError } from './errors.js';
import { hasMethod, mayHang } from './missing-method.js';
import type { Settings } from './options.js';
import type { CrashReason } from './state.js';
import { Watch } from './watch.js';

/** One process of a plugin, connected and dispensed. */
export class PluginRun {
  /** It was told to stop, so that its end is no crash. */
  stopping = false;
  protected readonly launched: LaunchedPlugin;
  readonly #connection: Connection;
  readonly #client: Client;
  readonly #settings: Settings;
  readonly #watch: Watch;
  readonly #known = new Map<string, Promise<boolean>>();

  constructor(launched: LaunchedPlugin, connection: Connection, client: Client, settings: Settings) {
    this.launched = launched;
    this.#connection = connection;
    this.#client = client;
    this.#settings = settings;
    this.#watch = new Watch(launched.process, connection);
  }

  get pid(): number {
    return this.launched.process.pid;
  }

  /** What the process wrote to stderr: the beginning and the end of it. */
  get stderr(): string {
    return this.launched.process.stderr.text();
  }

  /** What its host goes by. Resolves when the process has ended, its connection has died or it hangs. */
  get over(): Promise<CrashReason> {
    return this.#watch.over;
  }

  startPings(): void {
    const { pingIntervalMs: intervalMs, pingTimeoutMs: timeoutMs } = this.#settings;
    this.#watch.startPings({ intervalMs, timeoutMs }, () => this.#client.rpc.lost);
  }

  /** Whether the plugin has a method of the contract; asked only where calling it without knowing could hang. */
  has(method: MethodContract): Promise<boolean> {
    if (!mayHang(method)) return Promise.resolve(true);
    let known = this.#known.get(method.name);
    if (!known) {
      known = this.#answer(method.name, hasMethod(this.#client, method));
      known.catch(() => this.#known.delete(method.name));
      this.#known.set(method.name, known);
    }
    return known;
  }

  /**
   * @returns the reply in the contract's type
   * @throws RpcServerError when the plugin answered with an error
   * @throws HostError HOST_METHOD_MISSING, HOST_BAD_ARGUMENTS, HOST_REPLY_TYPE, HOST_CALL_TIMEOUT, HOST_CALL_LOST
   */
  async call(
    method: MethodContract,
    args: Value,
    timeoutMs: number = this.#settings.callTimeoutMs,
  ): Promise<Value> {
    const { name } = method;
    if (!(await this.has(method)))
      throw new HostError('HOST_METHOD_MISSING', `The plugin has no method ${name}.`);
    const reply = await this.#answer(name, this.#client.call(name, args, timeoutMs));
    if (reply.value === undefined) throw replyTypeError(name, reply);
    return reply.value;
  }

  /** Quit, time to go, and SIGKILL for whatever is left: the process and all that came of it. */
  async stop(): Promise<void> {
    this.beginStop();
    const { stopTimeoutMs } = this.#settings;
    const { process } = this.launched;
    if (!process.exited) {
      // A stock plugin may be gone before its answer is out: only its exit counts.
      this.#connection.quit(stopTimeoutMs).catch(() => {});
      await Promise.race([process.exit, delay(stopTimeoutMs, undefined, { ref: false })]);
    }
    await this.end();
  }

  /** From now on its end is no crash. */
  protected beginStop(): void {
    this.stopping = true;
    this.#watch.stopPings();
  }

  /** SIGKILL at once. Calls in flight end. */
  async end(): Promise<void> {
    await this.launched.end();
  }

  async #answer<T>(method: string, answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof GobError && error.code === 'GOB_UNENCODABLE')
        throw new HostError('HOST_BAD_ARGUMENTS', `${method} was not called: ${error.message}`, {
          cause: error,
        });
      if (error instanceof RpcServerError || !(error instanceof RpcError)) throw error;
      if (error.code === 'RPC_TIMEOUT') {
        const hint = 'It is slow, or stuck, or the plugin does not have it: a stock plugin is silent then.';
        throw new HostError('HOST_CALL_TIMEOUT', `${error.message} ${hint}`, { cause: error });
      }
      this.#watch.lost(this.#client.rpc.lost?.message ?? error.message);
      const { text } = await this.#watch.over;
      throw new HostError('HOST_CALL_LOST', `${method} got no answer: ${text}`, { cause: error });
    }
  }
}

function replyTypeError(method: string, { differences }: Reply): HostError {
  const wrong = differences.find(({ kind }) => kind === 'incompatible');
  const [sent, expected] = [wrong?.sent, wrong?.expected].map((type) =>
    type ? typeToString(type) : 'nothing',
  );
  return new HostError(
    'HOST_REPLY_TYPE',
    `The reply of ${method} cannot be read: at ${wrong?.path || 'the top'} it has ${sent} where the contract has ${expected}.`,
  );
}
