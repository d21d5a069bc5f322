import { compareTypes, typeToString } from '../../../harness/gob/index.js';
import { PLUGIN_SERVICE, type RpcMethod, type RpcService } from '../../../harness/netrpc/index.js';
import { toJson, type Value } from '../../../harness/value/index.js';
import type { Behaviour, WatchedPlugin } from './behaviour.js';
import type { DetailsOf } from './events.js';

/** Longer arguments are cut, in characters of JSON. */
const MAX_ARGS_CHARS = 4_096;

type Details = Pick<DetailsOf<'call'>, 'known' | 'args' | 'cut' | 'misfit'>;

/** The calls of one process. */
export interface Calls {
  readonly plugin: WatchedPlugin;
  readonly behaviour: Behaviour;
  /** When it resolves, calls are answered. */
  readonly ready: Promise<void>;
  /** The number of the next call. */
  next(): number;
  /** The number of the next one among those that reach their method. */
  nextToAnswer(): number;
}

/** A dispensed plugin's methods, each of which tells of its calls. */
export class WatchedMethods extends Map<string, RpcMethod> implements RpcService {
  readonly #name: string;
  readonly #calls: Calls;

  constructor(name: string, methods: RpcService, calls: Calls) {
    super();
    this.#name = name;
    this.#calls = calls;
    for (const [method, implementation] of methods) this.set(method, this.#watch(method, implementation));
  }

  /** net/rpc looks up every method that is called. */
  override get(method: string): RpcMethod | undefined {
    const found = super.get(method);
    if (!found) this.#tell(this.#calls.next(), method, { known: false });
    return found;
  }

  #watch(method: string, implementation: RpcMethod): RpcMethod {
    const { plugin, behaviour } = this.#calls;
    const other = behaviour.reply?.(implementation.reply);
    return {
      args: implementation.args,
      reply: other?.type ?? implementation.reply,
      accepts: (sent) => {
        const fits = compareTypes(sent, implementation.args).every(({ kind }) => kind !== 'incompatible');
        if (!fits) this.#tell(this.#calls.next(), method, { known: true, misfit: typeToString(sent) });
        return false;
      },
      handle: async (args) => {
        const n = this.#calls.next();
        this.#tell(n, method, { known: true, ...describeArgs(args) });
        const answered = this.#calls.nextToAnswer();
        await this.#calls.ready;
        try {
          await behaviour.beforeAnswer?.(answered);
          const value = other ? other.value : await implementation.handle(args);
          plugin.recorder.tell('answered', { n });
          return value;
        } catch (error) {
          plugin.recorder.tell('answered', { n, error: (error as Error).message });
          throw error;
        } finally {
          behaviour.afterAnswer?.(answered, plugin);
        }
      },
    };
  }

  #tell(n: number, method: string, details: Details): void {
    this.#calls.plugin.recorder.tell('call', {
      n,
      plugin: this.#name,
      service: PLUGIN_SERVICE,
      method,
      ...details,
    });
  }
}

function describeArgs(args: Value): Omit<Details, 'known'> {
  const json = toJson(args);
  const text = JSON.stringify(json);
  return text.length > MAX_ARGS_CHARS ? { args: text.slice(0, MAX_ARGS_CHARS), cut: true } : { args: json };
}
