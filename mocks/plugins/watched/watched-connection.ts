import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { RpcMethod, RpcService } from '../../../harness/netrpc/index.js';
import { PluginConnection, type PluginConnectionOptions } from '../../../harness/server/index.js';
import type { YamuxStream } from '../../../harness/yamux/index.js';
import type { Recorder } from './recorder.js';

/** What the first streams of a connection are for (rpc_client.go, `NewRPCClient`). */
const USES = ['control', 'stdout', 'stderr'] as const;

/** A host's connection that tells what the host does with it. */
export class WatchedConnection extends PluginConnection {
  readonly #n: number;
  readonly #recorder: Recorder;

  constructor(transport: Duplex, options: PluginConnectionOptions, n: number, recorder: Recorder) {
    super(transport, options);
    this.#n = n;
    this.#recorder = recorder;
    recorder.tell('connection', { n, tls: transport instanceof TLSSocket });
    void this.session.closed.then(({ reason, error }) =>
      recorder.tell('connection-closed', { n, how: reason, ...(error ? { error: error.message } : {}) }),
    );
  }

  protected override accept(stream: YamuxStream, index: number): void {
    this.#recorder.tell('stream', { connection: this.#n, index, use: USES[index] ?? 'brokered' });
    super.accept(stream, index);
  }

  protected override control(): RpcService {
    const methods = [...super.control()];
    return new Map(methods.map(([name, method]) => [name, this.#told(name, method)]));
  }

  protected override dispense(name: string): number {
    const known = this.options.plugins.has(name);
    this.#recorder.tell('dispense', { connection: this.#n, name, known });
    return super.dispense(name);
  }

  #told(name: string, method: RpcMethod): RpcMethod {
    const event = name === 'Quit' ? 'quit' : 'ping';
    return {
      ...method,
      handle: (args) => {
        this.#recorder.tell(event, { connection: this.#n });
        return method.handle(args);
      },
    };
  }
}
