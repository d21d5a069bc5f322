import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

import { onTestFinished } from 'vitest';

import { BOOL, INT, INTERFACE, STRING, struct, type GobType } from '../gob/index.js';
import { useLineOracle } from '../test/line-oracle.util.js';
import { listen, temporarySocketPath } from '../yamux/transport.util.js';

/** The types of oracle/server.go. */
export const ARGS = struct('Args', { Text: STRING, Count: INT });
export const REPLY = struct('Reply', { Text: STRING, Count: INT, Err: INTERFACE });
/** A struct that no method takes. */
export const WRONG = struct('wrong', { Other: BOOL });

export interface GoAnswer {
  readonly reply: unknown;
  readonly error?: string;
  readonly serverError?: boolean;
}

export interface GoCommand {
  readonly cmd: 'listen' | 'dial' | 'call' | 'burst' | 'close';
  readonly path?: string;
  readonly method?: string;
  readonly kind?: 'string' | 'int' | 'bool' | 'args' | 'nil' | 'wrong';
  readonly args?: unknown;
  readonly into?: 'string' | 'int' | 'reply' | 'any';
  readonly count?: number;
}

/** net/rpc itself, in a process of its own. */
export interface GoRpc {
  run(command: GoCommand): Promise<GoAnswer>;
  /** Connects to a server in Go. */
  server(): Promise<Socket>;
  /** A client in Go has connected to us. */
  client(): Promise<Socket>;
}

export function useGoRpc(): GoRpc {
  const ask = useLineOracle<GoAnswer>(new URL('oracle', import.meta.url));
  const run = (command: GoCommand): Promise<GoAnswer> => ask(command);
  return {
    run,
    async server() {
      const path = temporarySocketPath();
      await run({ cmd: 'listen', path });
      return endWithTest(connect(path));
    },
    async client() {
      const path = temporarySocketPath();
      const server = await listen(path);
      const connected = once(server, 'connection') as Promise<[Socket]>;
      await run({ cmd: 'dial', path });
      const [socket] = await connected;
      server.close();
      return endWithTest(socket);
    },
  };
}

function endWithTest(socket: Socket): Socket {
  onTestFinished(() => void socket.destroy());
  return socket;
}

/** Arguments of each wrong kind. */
export const WRONG_ARGUMENTS: readonly (readonly [type: GobType, value: never])[] = [
  [STRING, 'text' as never],
  [INT, 7 as never],
  [BOOL, true as never],
  [WRONG, { Other: true } as never],
];
