import type { Socket } from 'node:net';
import type { RelayFault, RelayPlan } from './plan.js';

/** What is baked into a relay's executable. */
export interface RelayOrders {
  /** Path of the driver's unix socket. */
  readonly control: string;
  readonly command: readonly [string, ...string[]];
}

/** The first message on a connection: of a relay itself, or of the guard of the relay with that pid. */
export interface Hello {
  readonly hello: 'relay' | 'guard';
  readonly pid: number;
}

/** What the driver asks of a run, once that has its plan. */
export type Order =
  | { readonly do: 'held' | 'release' | 'holdReplies' }
  | { readonly do: 'requests'; readonly method: string; readonly count: number }
  | { readonly do: 'fault'; readonly fault: RelayFault };

/** From the driver. The plan comes first, once. */
export type ToRelay = { readonly plan: RelayPlan } | { readonly id: number; readonly order: Order };

/** From a relay, after its hello. */
export type FromRelay =
  | { readonly event: 'launched'; readonly pid: number }
  | { readonly event: 'failed'; readonly message: string }
  /** The unix socket that the real plugin listens on. */
  | { readonly event: 'plugin-socket'; readonly path: string }
  /** A fault is being done: should nobody be left to say that it was, it was. */
  | { readonly began: number }
  /** An order was carried out, or cannot be. */
  | { readonly id: number; readonly error?: string };

/** Longest line on a control connection, in characters; the longest real ones carry a command line. */
const MAX_LINE_CHARS = 1024 * 1024;

/** Reads one JSON document a line. A line that is too long, or no JSON, ends the connection. */
export function readMessages(socket: Socket, onMessage: (message: unknown) => void): void {
  let rest = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    try {
      for (const line of lines) onMessage(JSON.parse(line) as unknown);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      socket.destroy();
    }
    if (rest.length > MAX_LINE_CHARS) socket.destroy();
  });
}

/** Does nothing when the other end is gone: its reader hears of that by the connection's end. */
export function writeMessage(socket: Socket, message: Hello | ToRelay | FromRelay): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}
