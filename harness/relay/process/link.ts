import type { Socket } from 'node:net';
import { Flow, type FlowEvents } from './flow.js';

/**
 * A plugin that ends closes its connections, and its process is gone a moment later. A host that hears of the first
 * kills the process (go-plugin client.go, `Kill`, when its Quit ends in EOF), and must find it gone. So the end of a
 * connection waits for that of the process, this many ms: as the relay ends, so do its connections.
 */
const END_AFTER_MS = 100;

/** A host's connection, and the one to the plugin that was made for it. */
export class Link {
  /** Host to plugin. */
  readonly up: Flow;
  /** Plugin to host. */
  readonly down: Flow;
  readonly #host: Socket;
  readonly #plugin: Socket;
  #open = 2;

  constructor(host: Socket, plugin: Socket, isOpaque: boolean, events: { up: FlowEvents; down: FlowEvents }) {
    this.#host = host;
    this.#plugin = plugin;
    this.up = new Flow(host, plugin, isOpaque, events.up);
    this.down = new Flow(plugin, host, isOpaque, { ...events.down, endAfterMs: END_AFTER_MS });
  }

  get flows(): readonly Flow[] {
    return [this.up, this.down];
  }

  onClosed(listener: () => void): void {
    const closed = (): void => {
      this.#open -= 1;
      if (this.#open === 0) listener();
    };
    this.#host.once('close', closed);
    this.#plugin.once('close', closed);
  }

  close(): void {
    this.#host.destroy();
    this.#plugin.destroy();
  }

  /** RST to the host; on tcp alone. */
  reset(): void {
    this.#host.resetAndDestroy();
    this.#plugin.destroy();
  }
}
