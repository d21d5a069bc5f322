import type { Duplex } from 'node:stream';
import { MuxBroker, DISPENSE, PING, QUIT, RpcClient, RpcError } from '../netrpc/index.js';
import type { PluginContract } from '../contract/index.js';
import { typeToString } from '../gob/index.js';
import { quote } from '../quote.js';
import type { Tape } from '../tape/index.js';
import { describeFrame, YamuxSession, type SessionEnd, type YamuxStream } from '../yamux/index.js';
import { Client } from './dispensed.js';
import { ConnectionError } from './errors.js';
import { RemoteOutput } from './remote-output.js';

/** A broker id is a uint32 (mux_broker.go). */
const MAX_BROKER_ID = 0xffff_ffff;

export interface ConnectionOptions {
  /** Default time for one call over this connection, in ms. */
  readonly callTimeoutMs: number;
  readonly plugins: ReadonlyMap<string, PluginContract>;
  readonly tape: Tape;
  /** Also put every yamux frame on the tape. */
  readonly recordFrames?: boolean;
}

/** A host's connection to a plugin over net/rpc: one yamux session with control, stdout, stderr and a broker. */
export class Connection {
  readonly session: YamuxSession;
  readonly control: RpcClient;
  readonly broker: MuxBroker;
  readonly stdout: RemoteOutput;
  readonly stderr: RemoteOutput;
  readonly tape: Tape;
  readonly #options: ConnectionOptions;
  readonly #standard: readonly YamuxStream[];

  /** Opens control, stdout and stderr, in go-plugin's order (rpc_client.go, `NewRPCClient`). */
  constructor(transport: Duplex, options: ConnectionOptions) {
    this.#options = options;
    this.tape = options.tape;
    this.session = new YamuxSession(transport, {
      role: 'client',
      ...(options.recordFrames
        ? {
            onFrame: (direction, header) => {
              this.tape.record({ layer: 'yamux', direction, text: describeFrame(header) });
            },
          }
        : {}),
    });
    const [control, stdout, stderr] = [this.session.open(), this.session.open(), this.session.open()];
    this.#standard = [control, stdout, stderr];
    this.control = new RpcClient(control, 'control', this.tape);
    this.stdout = new RemoteOutput(stdout);
    this.stderr = new RemoteOutput(stderr);
    this.broker = new MuxBroker(this.session);
    this.session.on('stream', (stream) => this.broker.handle(stream));
  }

  /** Why and how the session ended; never rejects. */
  get closed(): Promise<SessionEnd> {
    return this.session.closed;
  }

  /**
   * Waits until the plugin has taken control, stdout and stderr. Go's yamux ends a session whose streams are not
   * acknowledged in 75 s.
   *
   * @throws ConnectionError CONNECTION_TIMEOUT or CONNECTION_LOST
   */
  async streamsAccepted(timeoutMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(
          new ConnectionError(
            'CONNECTION_TIMEOUT',
            `The plugin did not accept all of control, stdout and stderr within ${timeoutMs} ms.`,
          ),
        );
      }, timeoutMs);
    });
    try {
      await Promise.race([Promise.all(this.#standard.map((stream) => stream.acknowledged)), late]);
    } catch (error) {
      if (error instanceof ConnectionError) throw error;
      throw new ConnectionError(
        'CONNECTION_LOST',
        `The session ended before the plugin accepted control, stdout and stderr: ${(error as Error).message}`,
        { cause: error },
      );
    } finally {
      clearTimeout(timer);
    }
  }

  /** Control.Ping, as a host asks whether the plugin lives. Resolves with the round trip in ms. */
  async ping(timeoutMs: number = this.#options.callTimeoutMs): Promise<number> {
    const start = performance.now();
    await this.control.call(PING.serviceMethod, PING.args, true, { timeoutMs });
    return performance.now() - start;
  }

  /** Control.Quit. A stock plugin may end before its answer is out: judge the process, not the reply. */
  async quit(timeoutMs: number = this.#options.callTimeoutMs): Promise<void> {
    await this.control.call(QUIT.serviceMethod, QUIT.args, true, { timeoutMs });
  }

  /** Asks for a plugin by name and connects to it. Each call gives a connection of its own. */
  async dispense(name: string): Promise<Client> {
    const { type, value } = await this.control.call(DISPENSE.serviceMethod, DISPENSE.args, name, {
      timeoutMs: this.#options.callTimeoutMs,
    });
    if (type.kind !== 'uint' || typeof value !== 'number' || value > MAX_BROKER_ID) {
      throw new RpcError(
        'RPC_PROTOCOL',
        `Dispenser.Dispense answered with a value of type ${quote(typeToString(type))} where a broker id belongs, a uint32.`,
      );
    }
    const stream = await this.broker.dial(value);
    return new Client(
      new RpcClient(stream, name, this.tape),
      this.#options.plugins.get(name),
      this.#options.callTimeoutMs,
    );
  }

  /** Ends the session; streams and calls in flight end with it. */
  async close(): Promise<void> {
    this.broker.close();
    await this.session.close();
  }

  /** Breaks the connection at once, as a dying host does. */
  destroy(): void {
    this.broker.close();
    this.session.destroy();
  }
}
