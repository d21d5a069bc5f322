import { EventEmitter, setMaxListeners } from 'node:events';
import { resolve } from 'node:path';
import {
  LaunchedPlugin,
  type Client,
  type Connection,
  type LaunchOptions,
} from '../../harness/client/index.js';
import { quote } from '../../harness/quote.js';
import type { Value } from '../../harness/value/index.js';
import { HostError, shutDownError } from './errors.js';
import type { Home } from './home.js';
import { HostedPlugin, unknownPlugin } from './hosted-plugin.js';
import { loadFolder, type FolderReport } from './load-folder.js';
import { readOptions, type HostOptions, type Settings } from './options.js';
import { PluginRun } from './plugin-run.js';
import { manageSignals } from './signals.js';
import { startPlugin, type StartedPlugin } from './start-plugin.js';
import type { PluginInfo, StateChange } from './state.js';

export interface HostEvents {
  /** Emitted as the state changes: `get(id)` has the new one already. */
  state: [change: StateChange];
}

/**
 * A host of go-plugin plugins over net/rpc, for any contract. It keeps every plugin's state and manifest, and notices
 * the end of a process, a dead connection and a hang. Operations on one plugin are done one after the other; plugins
 * do not wait for each other, and the failure of one is nobody else's.
 *
 * Every method that takes an id throws HostError HOST_UNKNOWN_PLUGIN when no plugin has it. The protected steps are
 * for the hosts of the zoo, each of which has one fault.
 */
export class ReferenceHost extends EventEmitter<HostEvents> {
  readonly #home: Home;
  readonly #cancel = new AbortController();
  readonly #plugins = new Map<string, HostedPlugin>();
  readonly #loads = new Set<Promise<unknown>>();
  readonly #releaseSignals: () => void;
  #shutdown: Promise<void> | undefined;

  /** @throws HostError HOST_OPTIONS */
  constructor(options: HostOptions) {
    super();
    const settings = readOptions(options);
    const { signal } = this.#cancel;
    setMaxListeners(0, signal); // One for each plugin that is being started.
    this.#home = {
      settings,
      cancelled: signal,
      launch: (launchOptions) => this.launch(launchOptions),
      dispense: (connection, name) => this.dispense(connection, name),
      makeRun: (...parts) => this.makeRun(...parts, settings),
      onOnceFailed: (error) => this.onOnceFailed(error),
      onChange: (change) => void this.emit('state', change),
    };
    this.#releaseSignals = settings.manageSignals ? manageSignals(() => this.shutdown()) : () => {};
  }

  /**
   * Starts a plugin and keeps it under its id: a file, or a command with arguments, whose first part may be a name on
   * PATH. When it fails, nothing of it is left.
   *
   * @throws HostError HOST_START_FAILED, HOST_ONCE_FAILED, HOST_BAD_MANIFEST, HOST_DUPLICATE_ID, HOST_SHUT_DOWN
   */
  load(plugin: string | readonly [string, ...string[]]): Promise<PluginInfo> {
    const loading = this.#load(typeof plugin === 'string' ? [resolve(plugin)] : plugin);
    this.#loads.add(loading);
    const forget = (): void => void this.#loads.delete(loading);
    loading.then(forget, forget);
    return loading;
  }

  /**
   * The seed's LoadPlugins: loads whatever can be executed in a folder, and tells what was not loaded. Of two with one
   * id the one that is ready first stays.
   *
   * @param folder - `pluginFolder` of the options by default
   * @throws HostError HOST_FOLDER, HOST_SHUT_DOWN
   */
  async loadFolder(folder: string = this.#home.settings.pluginFolder): Promise<FolderReport> {
    this.#refuseWhenShutDown();
    return loadFolder(resolve(folder), (file) => this.load(file));
  }

  /** Starts a plugin that is Stopped or Crashed. @throws HostError HOST_ALREADY_RUNNING, or as `load` does */
  async start(id: string): Promise<PluginInfo> {
    return this.#operate(id, (plugin) => plugin.start());
  }

  /**
   * Quit, `stopTimeoutMs` to go, then SIGKILL to it and all that came of it. The plugin is Stopped then, also one that
   * was Crashed; its manifest stays. A start that is under way is called off and fails with HOST_START_FAILED.
   */
  async stop(id: string): Promise<PluginInfo> {
    return this.#operate(id, (plugin) => plugin.stop());
  }

  /**
   * Stops a plugin and starts it with a new process, which is asked for its manifest anew. When it does not start, it
   * stays Stopped.
   *
   * @throws HostError HOST_ID_CHANGED, or as `load` does
   */
  async reload(id: string): Promise<PluginInfo> {
    return this.#operate(id, (plugin) => plugin.reload());
  }

  /** Stops a plugin, as `stop` does, and forgets it. */
  async unload(id: string): Promise<void> {
    await this.#find(id).unload();
    this.#plugins.delete(id);
  }

  /**
   * Calls a method of the contract. Any number of calls may be in flight. None stays without an end: when the plugin
   * dies under it, it fails, and the plugin's state is Crashed by then.
   *
   * @param timeoutMs - `callTimeoutMs` of the options by default
   * @returns the reply in the contract's type
   * @throws RpcServerError when the plugin answered with an error
   * @throws HostError HOST_NOT_RUNNING, HOST_NO_SUCH_METHOD, HOST_METHOD_MISSING, HOST_BAD_ARGUMENTS, HOST_REPLY_TYPE,
   *   HOST_CALL_TIMEOUT, HOST_CALL_LOST
   */
  async call(id: string, method: string, args: Value = null, timeoutMs?: number): Promise<Value> {
    return this.#find(id).call(method, args, timeoutMs);
  }

  /** All plugins as they are now, in the order in which they were loaded. */
  list(): PluginInfo[] {
    return [...this.#plugins.values()].map((plugin) => plugin.info);
  }

  /** A plugin as it is now. */
  get(id: string): PluginInfo {
    return this.#find(id).info;
  }

  /** What a plugin's process, or the last one it had, wrote to stderr: 128 KiB of the beginning and 64 KiB of the end. */
  stderr(id: string): string {
    return this.#find(id).stderr;
  }

  /** Stops every plugin, also those that are being started. Nothing can be started afterwards. Safe to call again. */
  shutdown(): Promise<void> {
    this.#shutdown ??= this.#end();
    return this.#shutdown;
  }

  protected launch(options: LaunchOptions): Promise<LaunchedPlugin> {
    return LaunchedPlugin.start(options);
  }

  protected dispense(connection: Connection, name: string): Promise<Client> {
    return connection.dispense(name);
  }

  protected makeRun(
    launched: LaunchedPlugin,
    connection: Connection,
    client: Client,
    settings: Settings,
  ): PluginRun {
    return new PluginRun(launched, connection, client, settings);
  }

  /** A method that is called once, OnLoad say, answered with an error. */
  protected onOnceFailed(error: HostError): void {
    throw error;
  }

  /** A plugin came up with the id of another, which is Running, Stopped or Crashed. */
  protected async onDuplicate(started: StartedPlugin, command: readonly string[]): Promise<void> {
    const { id, run } = started;
    const { file } = this.get(id);
    await run.stop();
    throw new HostError(
      'HOST_DUPLICATE_ID',
      `${command[0]} has the id ${quote(id)}, which ${file} has already; it was ended. Give one of them another id.`,
    );
  }

  async #load(command: readonly [string, ...string[]]): Promise<PluginInfo> {
    this.#refuseWhenShutDown();
    const started = await startPlugin(command, this.#home, this.#home.cancelled);
    const { id } = started;
    if (this.#plugins.has(id)) await this.onDuplicate(started, command);
    const plugin = new HostedPlugin(id, command, this.#home);
    this.#plugins.set(id, plugin);
    plugin.adopt(started);
    return plugin.info;
  }

  async #operate(id: string, operation: (plugin: HostedPlugin) => Promise<void>): Promise<PluginInfo> {
    const plugin = this.#find(id);
    await operation(plugin);
    return plugin.info;
  }

  #find(id: string): HostedPlugin {
    const plugin = this.#plugins.get(id);
    if (!plugin) throw unknownPlugin(id);
    return plugin;
  }

  #refuseWhenShutDown(): void {
    this.#cancel.signal.throwIfAborted();
  }

  async #end(): Promise<void> {
    this.#cancel.abort(shutDownError());
    const stopAll = (): Promise<unknown> =>
      Promise.allSettled([...this.#plugins.values()].map((plugin) => plugin.stop()));
    await Promise.all([stopAll(), Promise.allSettled(this.#loads)]);
    await stopAll(); // One that had just been loaded.
    this.#releaseSignals();
  }
}
