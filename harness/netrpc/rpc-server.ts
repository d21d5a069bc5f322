import type { Duplex } from 'node:stream';
import {
  adopt,
  compareTypes,
  Encoder,
  typeToString,
  type Decoded,
  type GobType,
  type Registry,
} from '../gob/index.js';
import type { Value, ValueStruct } from '../value/index.js';
import { RpcError } from './errors.js';
import { readMessages } from './message-reader.js';
import { INVALID_REQUEST, RESPONSE } from './wire.js';

/** One method of a service, as net/rpc sees it. */
export interface RpcMethod {
  readonly args: GobType;
  readonly reply: GobType;
  /** Whether arguments of another type are taken as well; by gob's rules, unless given. */
  accepts?(sent: GobType): boolean;
  /** What it throws travels to the caller as the text of an `rpc.ServerError`. */
  handle(args: Value): Value | Promise<Value>;
}

export type RpcService = ReadonlyMap<string, RpcMethod>;

export interface RpcServerOptions {
  readonly services: ReadonlyMap<string, RpcService>;
  /** Concrete types that interface values in replies may have. */
  readonly registry?: Registry;
}

/** The answering end of a net/rpc connection. Calls run side by side; replies go out as they are ready. */
export function serveRpc(stream: Duplex, options: RpcServerOptions): void {
  const encoder = new Encoder(options.registry ? { registry: options.registry } : {});

  const respond = (serviceMethod: string, seq: Value, error: string, type: GobType, value: Value): void => {
    if (stream.destroyed || stream.writableEnded) return;
    // Both are encoded before either is written: a reply that gob cannot send must not leave half an answer.
    const header = encoder.encode(RESPONSE, { ServiceMethod: serviceMethod, Seq: seq, Error: error });
    stream.write(Buffer.concat([header, encoder.encode(type, value)]));
  };

  const answer = async (header: Decoded, body: Decoded): Promise<void> => {
    const { ServiceMethod: serviceMethod, Seq: seq } = header.value as ValueStruct;
    if (typeof serviceMethod !== 'string' || seq === undefined) {
      throw new RpcError('RPC_PROTOCOL', 'A call’s header is not net/rpc’s Request.');
    }
    let method: RpcMethod;
    let reply: Value;
    try {
      method = findMethod(options.services, serviceMethod);
      reply = await method.handle(acceptArgs(body, method));
    } catch (error) {
      respond(serviceMethod, seq, error instanceof Error ? error.message : String(error), INVALID_REQUEST, {});
      return;
    }
    respond(serviceMethod, seq, '', method.reply, reply);
  };

  readMessages(stream, {
    onMessage: (header, body) => {
      // What is thrown here is a reply that cannot be sent: as in Go, that ends the connection.
      answer(header, body).catch((error: unknown) => {
        stream.destroy(error as Error);
      });
    },
    onEnd: () => {
      stream.end();
    },
  });
}

/** The texts are net/rpc's own (server.go, `readRequestHeader`): hosts and people compare them. */
function findMethod(services: ReadonlyMap<string, RpcService>, serviceMethod: string): RpcMethod {
  const dot = serviceMethod.lastIndexOf('.');
  if (dot < 0) throw new Error(`rpc: service/method request ill-formed: ${serviceMethod}`);
  const service = services.get(serviceMethod.slice(0, dot));
  if (!service) throw new Error(`rpc: can't find service ${serviceMethod}`);
  const method = service.get(serviceMethod.slice(dot + 1));
  if (!method) throw new Error(`rpc: can't find method ${serviceMethod}`);
  return method;
}

function acceptArgs(body: Decoded, { args: expected, accepts }: RpcMethod): Value {
  if (accepts?.(body.type)) return body.value;
  const wrong = compareTypes(body.type, expected).find((difference) => difference.kind === 'incompatible');
  if (wrong) {
    const at = wrong.path === '' ? '' : ` at ${wrong.path}`;
    throw new Error(
      `gob: local type ${typeToString(expected)} cannot be decoded from remote type ${typeToString(body.type)}${at}`,
    );
  }
  return adopt(body.value, body.type, expected);
}
