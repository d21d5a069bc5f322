import type { Readable, Writable } from 'node:stream';
import { fromJson, toJson, type JsonValue } from '../../../harness/value/index.js';
import type { ReferenceHost } from '../reference-host.js';
import type { PluginInfo, StateChange } from '../state.js';
import { within } from '../within.js';
import { describePlugin } from './describe.js';
import { AdapterError, errorObject } from './errors.js';
import { LineSplitter, type Line } from './lines.js';
import {
  MAX_LINE_BYTES,
  type AdapterMethods,
  type AdapterPlugin,
  type AdapterRequest,
  type AdapterResult,
  type AdapterStateChange,
  type RequestId,
} from './protocol.js';
import { readRequest, type Received } from './read-request.js';

/** Requests that are not answered yet; those beyond are refused. A driver that asks without end costs no memory. */
const MAX_IN_FLIGHT = 16_384;
/** When all plugins have ended: how long the last answers may take, and then how long the driver to read them, in ms. */
const LAST_ANSWERS_MS = 1_000;

/** Serves a host to a driver over a pair of streams. Each step can be overridden, for a host with one fault. */
export class HostAdapter {
  protected readonly host: ReferenceHost;
  readonly #input: Readable;
  readonly #output: Writable;
  readonly #lines = new LineSplitter(MAX_LINE_BYTES);
  readonly #inFlight = new Set<Promise<void>>();
  #tellEnd!: () => void;

  constructor(host: ReferenceHost, input: Readable, output: Writable) {
    this.host = host;
    this.#input = input;
    this.#output = output;
  }

  /** Resolves when the host is shut down: on request, or because the driver is gone. */
  async serve(): Promise<void> {
    const driverGone = new Promise<void>((resolve) => {
      this.#tellEnd = resolve;
      for (const event of ['end', 'error', 'close']) this.#input.on(event, resolve);
      for (const event of ['error', 'close']) this.#output.on(event, resolve);
    });
    this.host.on('state', (change) => this.onState(change));
    this.#input.on('data', (chunk: Buffer) => {
      for (const line of this.#lines.push(chunk)) this.#receive(line);
    });
    await driverGone;
    await this.shutdown();
    await this.#lastAnswers();
  }

  protected read(line: Line): Received {
    return readRequest(line);
  }

  protected perform({ method, params }: AdapterRequest): Promise<AdapterResult> {
    switch (method) {
      case 'load':
        return this.load(params.dir);
      case 'list':
        return this.list();
      case 'call':
        return this.call(params.id, params.method, params.args ?? null);
      case 'start':
        return this.start(params.id);
      case 'stop':
        return this.stop(params.id);
      case 'reload':
        return this.reload(params.id);
      case 'unload':
        return this.unload(params.id);
      default:
        return this.shutdown();
    }
  }

  protected async load(dir: string): Promise<AdapterMethods['load']['result']> {
    const { loaded, failed, passedOver } = await this.host.loadFolder(dir);
    // What was loaded first may have crashed since.
    const now = new Map(this.host.list().map((info) => [info.id, info]));
    return {
      plugins: loaded.map((info) => this.describe(now.get(info.id) ?? info)),
      problems: [
        ...failed.map(({ file, error }) => ({ file, message: error.message })),
        ...passedOver.map(({ file, why }) => ({ file, message: why })),
      ],
    };
  }

  protected async list(): Promise<AdapterMethods['list']['result']> {
    return { plugins: this.host.list().map((info) => this.describe(info)) };
  }

  protected async call(
    id: string,
    method: string,
    args: JsonValue,
  ): Promise<AdapterMethods['call']['result']> {
    return { reply: toJson(await this.host.call(id, method, fromJson(args))) };
  }

  protected async start(id: string): Promise<AdapterMethods['start']['result']> {
    return { plugin: this.describe(await this.host.start(id)) };
  }

  protected async stop(id: string): Promise<AdapterMethods['stop']['result']> {
    return { plugin: this.describe(await this.host.stop(id)) };
  }

  protected async reload(id: string): Promise<AdapterMethods['reload']['result']> {
    return { plugin: this.describe(await this.host.reload(id)) };
  }

  protected async unload(id: string): Promise<AdapterMethods['unload']['result']> {
    await this.host.unload(id);
    return {};
  }

  protected async shutdown(): Promise<AdapterMethods['shutdown']['result']> {
    await this.host.shutdown();
    return {};
  }

  protected describe(info: PluginInfo): AdapterPlugin {
    return describePlugin(info);
  }

  protected onState({ id, from }: StateChange): void {
    this.notify({ plugin: this.describe(this.host.get(id)), from });
  }

  protected notify(params: AdapterStateChange): void {
    this.#send({ method: 'state', params });
  }

  #receive(line: Line): void {
    const handling = this.#handle(line).finally(() => this.#inFlight.delete(handling));
    this.#inFlight.add(handling);
  }

  async #handle(line: Line): Promise<void> {
    let id: RequestId | null | undefined;
    try {
      const received = this.read(line);
      ({ id } = received);
      if (this.#inFlight.size >= MAX_IN_FLIGHT)
        throw new Error(`${MAX_IN_FLIGHT} requests wait for their answers; this one was not looked at.`);
      this.#answer(id, { result: await this.perform(received.request) });
      if (received.request.method === 'shutdown') this.#tellEnd();
    } catch (error) {
      if (error instanceof AdapterError) ({ id } = error);
      this.#answer(id, { error: errorObject(error) });
    }
  }

  /** By JSON-RPC a request without an id gets no answer; one whose id could not be read is answered with null. */
  #answer(id: RequestId | null | undefined, answer: object): void {
    if (id !== undefined) this.#send({ id, ...answer });
  }

  #send(message: object): void {
    if (this.#output.destroyed) return;
    const room = this.#output.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    if (room || this.#input.isPaused()) return;
    // A driver that does not read is not read either.
    this.#input.pause();
    this.#output.once('drain', () => this.#input.resume());
  }

  async #lastAnswers(): Promise<void> {
    await within(Promise.allSettled(this.#inFlight), LAST_ANSWERS_MS);
    const read = new Promise<void>((resolve) => {
      this.#output.write('', () => resolve());
    });
    await within(read, LAST_ANSWERS_MS);
  }
}
