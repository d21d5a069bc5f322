import {
  BYTES,
  INTERFACE,
  map,
  STRING,
  struct,
  type GobType,
  type PluginContext,
  type RpcClient,
  type Value,
} from '../../../harness/server/index.js';

const KV_SET_ARGS = struct('KVSetArgs', { Key: STRING, Value: BYTES });
const LOG_ARGS = struct('LogArgs', { Level: STRING, Message: STRING, Fields: map(STRING, STRING) });

/** How long the host may take for one answer, in ms. */
const TIMEOUT_MS = 10_000;

/** What the host serves to a hook while it runs. */
export class HostApi {
  readonly #client: RpcClient;

  constructor(client: RpcClient) {
    this.#client = client;
  }

  /** A value that was never set is empty. */
  async get(key: string): Promise<Uint8Array> {
    return (await this.#call('KVGet', STRING, key, BYTES)) as Uint8Array;
  }

  async set(key: string, value: Uint8Array): Promise<void> {
    await this.#call('KVSet', KV_SET_ARGS, { Key: key, Value: value }, INTERFACE);
  }

  async log(level: 'debug' | 'info' | 'error', message: string, fields: Map<string, string>): Promise<void> {
    await this.#call('Log', LOG_ARGS, { Level: level, Message: message, Fields: fields }, INTERFACE);
  }

  /** Whatever is served by a broker id goes by the name of Plugin. */
  async #call(method: string, type: GobType, args: Value, expected: GobType): Promise<Value> {
    const reply = await this.#client.call(`Plugin.${method}`, type, args, { timeoutMs: TIMEOUT_MS });
    if (reply.type.kind === expected.kind) return reply.value;
    throw new Error(`the host answered ${method} with ${reply.type.kind}`);
  }
}

/** Dials the host's API for the time of one call. */
export async function withApi<T>(
  context: PluginContext,
  id: number,
  use: (api: HostApi) => Promise<T>,
): Promise<T> {
  // A broker counts from 1. The zero value says that the host serves no API.
  if (id === 0) throw new Error('the host gave no broker id for its API');
  const client = await context.dialHost(id);
  try {
    return await use(new HostApi(client));
  } finally {
    client.close();
  }
}
