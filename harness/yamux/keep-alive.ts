/**
 * Pings at an interval until one fails or the keepalive is stopped (session.go, keepalive). The interval begins anew
 * after each answer. Never keeps the process alive by itself.
 *
 * @returns stops it
 */
export function startKeepAlive(
  intervalMs: number,
  ping: () => Promise<unknown>,
  onDead: (cause: unknown) => void,
): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      ping().then(wait, (cause: unknown) => {
        if (!stopped) onDead(cause);
      });
    }, intervalMs);
    timer.unref();
  };
  wait();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
