import { RpcServerError, type RpcError } from '../../harness/netrpc/index.js';

export interface PingOptions {
  /** From an answer to the next ping. */
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

export interface PingListener {
  /** A ping got no answer in time. Nothing follows. */
  onHang(text: string): void;
  /** No ping can be sent any more. Nothing follows. */
  onLost(error: RpcError): void;
}

/**
 * A timer that is later than this was held up on our side: the machine slept, a debugger stopped us, or something
 * of ours kept the event loop busy. The answer may lie unread, so that time is not held against the plugin.
 */
const OUR_DELAY_MS = 200;

/**
 * Pings at an interval until a ping fails or the pinging is stopped. An error as the answer is an answer too.
 *
 * @param ping - throws RpcError as `Connection.ping` does
 * @returns stops it
 */
export function startPings(
  ping: (timeoutMs: number) => Promise<unknown>,
  { intervalMs, timeoutMs }: PingOptions,
  listener: PingListener,
): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout;
  const wait = (ms: number): void => {
    timer = setTimeout(() => void ask(), ms);
  };
  const ask = async (): Promise<void> => {
    const asked = performance.now();
    const failure = await ping(timeoutMs).then(
      () => undefined,
      (error: unknown) => error as RpcError,
    );
    if (stopped) return;
    if (failure === undefined || failure instanceof RpcServerError) {
      wait(intervalMs);
    } else if (failure.code !== 'RPC_TIMEOUT') {
      listener.onLost(failure);
    } else if (performance.now() - asked > timeoutMs + OUR_DELAY_MS) {
      wait(0);
    } else {
      listener.onHang(`It did not answer a ping within ${timeoutMs} ms.`);
    }
  };
  wait(intervalMs);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
