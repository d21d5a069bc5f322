import { launchProcess, type LaunchedProcess } from '../../harness/launch/index.js';
import type { JsonValue } from '../../harness/value/index.js';
import type {
  AdapterMethod,
  AdapterMethods,
  AdapterPlugin,
  AdapterStateChange,
} from '../../mocks/host/adapter/protocol.js';
import type { HostControl, Loaded } from '../faults/index.js';
import { AdapterError } from './adapter-error.js';
import { JsonRpcClient } from './json-rpc-client.js';
import { isResultOf } from './results.js';

export interface HostLaunch {
  readonly command: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  readonly inheritEnv: boolean;
  /** How long the host may take for any answer but those that start and end plugins, in ms. */
  readonly answerMs: number;
  /** … and for those, in ms. */
  readonly patienceMs: number;
}

/** A change of state, and when the host told of it, in milliseconds of `performance.now()`. */
export interface NoticedChange extends AdapterStateChange {
  readonly at: number;
}

/** Somebody's host behind its adapter, in a process of its own. */
export class AdapterHost implements HostControl {
  readonly process: LaunchedProcess;
  /** All that the host said about states without being asked. */
  readonly changes: NoticedChange[] = [];
  readonly #launch: HostLaunch;
  readonly #rpc: JsonRpcClient;

  private constructor(process: LaunchedProcess, launch: HostLaunch) {
    this.process = process;
    this.#launch = launch;
    this.#rpc = new JsonRpcClient(process, (method, params) => {
      const change = params as Partial<AdapterStateChange> | undefined;
      if (method === 'state' && typeof change?.plugin?.id === 'string')
        this.changes.push({ ...(change as AdapterStateChange), at: performance.now() });
    });
  }

  /** @throws LaunchError when it cannot be started */
  static async start(launch: HostLaunch): Promise<AdapterHost> {
    const { command, env, inheritEnv } = launch;
    return new AdapterHost(await launchProcess({ command, env, inheritEnv, stdin: 'open' }), launch);
  }

  /** It can still be asked. */
  get alive(): boolean {
    return this.#rpc.alive;
  }

  /** What stood on its stdout and was no JSON-RPC. */
  get strange(): readonly string[] {
    return this.#rpc.strange;
  }

  async load(dir: string): Promise<Loaded> {
    return this.request('load', { dir });
  }

  async list(): Promise<readonly AdapterPlugin[]> {
    return (await this.request('list', {})).plugins;
  }

  async call(id: string, method: string, args: JsonValue): Promise<JsonValue> {
    return (await this.request('call', { id, method, args })).reply;
  }

  async start(id: string): Promise<AdapterPlugin> {
    return (await this.request('start', { id })).plugin;
  }

  async stop(id: string): Promise<AdapterPlugin> {
    return (await this.request('stop', { id })).plugin;
  }

  async reload(id: string): Promise<AdapterPlugin> {
    return (await this.request('reload', { id })).plugin;
  }

  async unload(id: string): Promise<void> {
    await this.request('unload', { id });
  }

  async shutdown(): Promise<void> {
    await this.request('shutdown', {});
  }

  async tempFiles(): Promise<readonly string[]> {
    const files = await this.process.filesLeft();
    return files.flatMap(({ folder, path }) => (folder === 'tmp' ? [path] : []));
  }

  /**
   * Asks the host for something.
   *
   * @throws AdapterError ADAPTER_REFUSED, ADAPTER_TIMEOUT, ADAPTER_GONE, ADAPTER_PROTOCOL
   */
  async request<M extends AdapterMethod>(
    method: M,
    params: AdapterMethods[M]['params'],
  ): Promise<AdapterMethods[M]['result']> {
    const { answerMs, patienceMs } = this.#launch;
    const result = await this.ask(method, params, method === 'list' ? answerMs : patienceMs);
    if (isResultOf(method, result)) return result;
    throw new AdapterError(
      'ADAPTER_PROTOCOL',
      `The answer to ${method} is not as adapter.schema.json says: ${JSON.stringify(result).slice(0, 200)}`,
    );
  }

  /** Asks whatever it may be, and takes whatever comes. @throws AdapterError as `request` does */
  ask(method: string, params: object, timeoutMs: number = this.#launch.answerMs): Promise<unknown> {
    return this.#rpc.request(method, params, timeoutMs);
  }

  /** Ends it and all that came of it. */
  async end(): Promise<void> {
    await this.process.end();
  }
}
