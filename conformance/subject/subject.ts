import { LaunchedPlugin, type LaunchOptions } from '../../harness/client/index.js';
import type { Contract } from '../../harness/contract/index.js';
import { HandshakeError, type Handshake, type PluginProtocol } from '../../harness/handshake/index.js';
import { toJson, type Value } from '../../harness/value/index.js';
import {
  openReferenceStage,
  type OpenStage,
  type ReferenceStage,
  type ReferenceStageOptions,
} from '../faults/index.js';
import type { Budgets } from './budgets.js';
import { killAndLook, type Demise } from './demise.js';
import { knownArguments } from './known-arguments.js';
import { arrive, type Arrival } from './arrival.js';
import { bidFarewell, type Farewell } from './farewell.js';
import { callsOf, observeMethod, type MethodObservation, type ObservedCall } from './method-observation.js';
import { Mutex } from './mutex.js';
import { findRepeatableCall, type RepeatableCall } from './repeatable-call.js';
import { openSession, type PluginSession } from './session.js';
import { methodTargets, type MethodTarget } from './targets.js';

export interface SubjectOptions {
  readonly command: readonly [string, ...string[]];
  readonly contract: Contract;
  /** Judge without an interface: no plugin is dispensed, any version and transport is taken. */
  readonly protocolOnly: boolean;
  readonly env: Readonly<Record<string, string>>;
  readonly inheritEnv: boolean;
  readonly requireAll: boolean;
  readonly allowEffects: boolean;
  readonly seed: number;
  readonly budgets: Budgets;
}

/** How a first launch, just as a host's, went. */
export interface FirstLaunch {
  readonly plugin: LaunchedPlugin;
  readonly handshake: Handshake | undefined;
  readonly error: HandshakeError | undefined;
}

/** The plugin under test, and what was seen of it so far: checks share what need not be seen twice. */
export class Subject {
  readonly options: SubjectOptions;
  readonly targets: readonly MethodTarget[];
  readonly #lock = new Mutex();
  readonly #launched = new Set<LaunchedPlugin>();
  readonly #observations = new Map<string, Promise<MethodObservation>>();
  readonly #arrivals = new Map<number, Promise<Arrival>>();
  readonly #farewells = new Map<number, Promise<Farewell>>();
  readonly #demises = new Map<number, Promise<Demise>>();
  readonly #stages = new Set<OpenStage>();
  #repeatable: Promise<RepeatableCall | undefined> | undefined;
  #first: Promise<FirstLaunch> | undefined;
  #shared: PluginSession | undefined;
  #once: Promise<readonly MethodTarget[]> | undefined;

  constructor(options: SubjectOptions) {
    this.options = options;
    this.targets = methodTargets(options.contract, options.requireAll);
  }

  get contract(): Contract {
    return this.options.contract;
  }

  get budgets(): Budgets {
    return this.options.budgets;
  }

  /** Starts the plugin as a host of the contract does, except for what `changes` says. */
  async launch(changes: Partial<LaunchOptions> = {}): Promise<LaunchedPlugin> {
    const { command, contract, protocolOnly, env, inheritEnv, budgets } = this.options;
    const { magicCookieKey, magicCookieValue, protocolVersions } = contract.handshake;
    if (contract.exclusive) await this.endPlugins();
    const plugin = await LaunchedPlugin.start({
      command,
      cookie: { key: magicCookieKey, value: magicCookieValue },
      versions: protocolVersions,
      ...(protocolOnly ? { acceptedVersions: null } : {}),
      protocols: this.#protocols(),
      plugins: contract.plugins,
      startTimeoutMs: budgets.startTimeoutMs,
      callTimeoutMs: budgets.timeoutMs,
      env,
      inheritEnv,
      ...changes,
    });
    this.#launched.add(plugin);
    return plugin;
  }

  /** Ends one plugin that {@link launch} gave. */
  async release(plugin: LaunchedPlugin): Promise<void> {
    this.#launched.delete(plugin);
    await plugin.end();
  }

  /** The first launch and its handshake; the same one for everybody who asks. */
  firstLaunch(): Promise<FirstLaunch> {
    this.#first ??= this.#launchFirst();
    return this.#first;
  }

  /** How far a host gets with a plugin that shook hands; seen once for each attempt. */
  arrival(attempt: number): Promise<Arrival> {
    return memoized(this.#arrivals, attempt, async () => {
      const first = (await this.firstLaunch()).plugin;
      // With an exclusive contract another launch may have ended the first one.
      const plugin = attempt === 0 && !this.contract.exclusive ? first : await this.launch();
      return arrive(plugin, this.contract.plugins.keys(), this.budgets.timeoutMs);
    });
  }

  /** What is left of a plugin that was used and then asked to end; seen once for each attempt. */
  farewell(attempt: number): Promise<Farewell> {
    return memoized(this.#farewells, attempt, () => this.bidFarewell(1));
  }

  /** The same, on a plugin of its own, with so many Quits at once. */
  async bidFarewell(quits: number): Promise<Farewell> {
    const calls = await this.#knownCalls();
    const session = await this.freshSession();
    try {
      return await bidFarewell(session, calls, this.budgets, quits);
    } finally {
      await this.release(session.plugin);
    }
  }

  /** What is left of a plugin that was used and then killed; seen once for each attempt. */
  demise(attempt: number): Promise<Demise> {
    return memoized(this.#demises, attempt, async () => {
      const calls = await this.#knownCalls();
      const session = await this.freshSession();
      try {
        return await killAndLook(session, calls, this.budgets);
      } finally {
        await this.release(session.plugin);
      }
    });
  }

  /** A call to be made again and again, as far as there is one. */
  repeatableCall(): Promise<RepeatableCall | undefined> {
    this.#repeatable ??= findRepeatableCall(this);
    return this.#repeatable;
  }

  /**
   * Work with a reference host to which the plugin is left to load.
   *
   * @throws StageError, and what the work throws
   */
  async onStage<T>(
    { target, args }: Pick<RepeatableCall, 'target' | 'args'>,
    times: ReferenceStageOptions['times'],
    work: (stage: ReferenceStage) => Promise<T>,
  ): Promise<T> {
    const { command, contract, env, inheritEnv } = this.options;
    if (contract.exclusive) await this.endPlugins();
    const open = await openReferenceStage({
      contract,
      plugin: command,
      dispensed: target.plugin,
      call: { method: target.method.name, args: toJson(args) },
      env,
      inheritEnv,
      times,
    });
    this.#stages.add(open);
    try {
      return await work(open.stage);
    } finally {
      this.#stages.delete(open);
      await open.end();
    }
  }

  /** A plugin of its own, connected, dispensed, and past what is called once. */
  async freshSession(changes: Partial<LaunchOptions> = {}): Promise<PluginSession> {
    // Found out first: with an exclusive contract a launch ends what ran before.
    const once = await this.onceMethods();
    return openSession(await this.launch(changes), this.contract, once, this.budgets.timeoutMs);
  }

  /**
   * Works with the plugin that checks share, one at a time. If it is lost under work that was not its first, that
   * work is done again on a fresh one: what broke it may have been somebody else's.
   */
  withSession<T>(work: (session: PluginSession) => Promise<T>): Promise<T> {
    return this.#lock.run(async () => {
      const session = await this.#sharedSession();
      const result = await work(session);
      if (session.alive || session.uses === 1) return result;
      return work(await this.#sharedSession());
    });
  }

  /** What a method did when it was called fairly; seen once for each attempt. */
  observe(target: MethodTarget, attempt: number): Promise<MethodObservation> {
    return memoized(this.#observations, observationKey(target, attempt), () =>
      this.#observe(target, attempt),
    );
  }

  /** Valid arguments with values that the plugin itself names. */
  knownArguments(target: MethodTarget): Promise<Value[]> {
    return knownArguments(target, async (name) => {
      const source = this.targets.find(
        ({ plugin, method }) => plugin === target.plugin && method.name === name,
      );
      return source && this.observe(source, 0);
    });
  }

  /** What was seen of a method of this name, if anybody looked. */
  seen(method: string): Promise<MethodObservation> | undefined {
    const target = this.targets.find((each) => each.method.name === method);
    return target && this.#observations.get(observationKey(target, 0));
  }

  /** Whether a method may be called more than once on one process. */
  mayRepeat({ method }: MethodTarget): boolean {
    return !method.once && (method.effects !== 'external' || this.options.allowEffects);
  }

  /** Ends every plugin that is still there. */
  async endPlugins(): Promise<void> {
    this.#shared = undefined;
    await Promise.all([
      ...[...this.#launched].map((plugin) => this.release(plugin)),
      ...[...this.#stages].map((stage) => stage.end()),
    ]);
  }

  /** The calls that are known to be answered and may be made again, the most telling one of each method. */
  async #knownCalls(): Promise<{ target: MethodTarget; call: ObservedCall }[]> {
    const calls = [];
    for (const target of this.targets.filter((each) => this.mayRepeat(each))) {
      const call = callsOf(await this.observe(target, 0)).findLast(
        ({ kind }) => kind === 'reply' || kind === 'error',
      );
      if (call) calls.push({ target, call });
    }
    return calls;
  }

  #protocols(): PluginProtocol[] {
    if (this.options.protocolOnly) return ['netrpc', 'grpc'];
    return [...new Set([...this.contract.plugins.values()].map((plugin) => plugin.transport))];
  }

  async #launchFirst(): Promise<FirstLaunch> {
    const plugin = await this.launch();
    try {
      return { plugin, handshake: await plugin.handshake, error: undefined };
    } catch (error) {
      if (!(error instanceof HandshakeError)) throw error;
      await this.release(plugin);
      return { plugin, handshake: undefined, error };
    }
  }

  async #sharedSession(): Promise<PluginSession> {
    if (!this.#shared?.alive) {
      const lost = this.#shared?.plugin;
      this.#shared = undefined;
      if (lost) await this.release(lost);
      this.#shared = await this.freshSession();
    }
    this.#shared.uses += 1;
    return this.#shared;
  }

  /** Those that a host calls once, first of all: registered, and answering. */
  onceMethods(): Promise<readonly MethodTarget[]> {
    this.#once ??= this.#findOnceMethods();
    return this.#once;
  }

  /** Those that are registered and answer: calling one that is broken would hide everything behind it. */
  async #findOnceMethods(): Promise<readonly MethodTarget[]> {
    const found: MethodTarget[] = [];
    for (const target of this.targets.filter(({ method }) => method.once)) {
      const { registered, first } = await this.observe(target, 0);
      const answers = first?.kind === 'reply' || first?.kind === 'error';
      const allowed = target.method.effects !== 'external' || this.options.allowEffects;
      if (registered && answers && allowed) found.push(target);
    }
    return found;
  }

  async #observe(target: MethodTarget, attempt: number): Promise<MethodObservation> {
    const { timeoutMs } = this.budgets;
    const mayRepeat = this.mayRepeat(target);
    // Asked for before the session is taken: the methods that name values are observed on it too.
    const known = mayRepeat ? await this.knownArguments(target) : [];
    if (!target.method.once && attempt === 0) {
      return this.withSession((session) =>
        observeMethod(target, { session, reopen: () => this.freshSession(), timeoutMs, mayRepeat, known }),
      );
    }
    // A process of its own: what is called once must be the first that this process is asked.
    const once = target.method.once ? [] : await this.onceMethods();
    const open = async (): Promise<PluginSession> =>
      openSession(await this.launch(), this.contract, once, timeoutMs);
    return observeMethod(target, { session: await open(), reopen: open, timeoutMs, mayRepeat, known });
  }
}

function observationKey({ plugin, method }: MethodTarget, attempt: number): string {
  return `${plugin}.${method.name}#${attempt}`;
}

function memoized<K, T>(known: Map<K, Promise<T>>, key: K, find: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? find();
  known.set(key, found);
  return found;
}
