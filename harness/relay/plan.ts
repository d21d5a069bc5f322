/**
 * Where a launch stops until `release()`.
 *
 * - `handshake`: the plugin's first line was read, and is not passed on.
 * - `connection`: the line was passed on; a host can connect, and nobody serves it.
 * - `dispense`: the answer to Dispenser.Dispense was passed on; from the stream that the host opens next, nothing
 *   passes, either way.
 * - `quit`: Control.Quit came from the host, and is kept back with all that comes after it.
 *
 * The last two read what the host sends, which cannot be done with AutoMTLS: they are never reached then.
 */
export type RelayHold = 'handshake' | 'connection' | 'dispense' | 'quit';

export interface RelayPlan {
  /** Where the relay listens, whatever the plugin listens on; `unix` by default. */
  readonly network?: 'unix' | 'tcp';
  readonly hold?: RelayHold;
}

/** What can go wrong. Those of the link befall every connection that there is. */
export type RelayFault =
  /** To the real plugin; SIGSTOP and SIGCONT stop and continue the relay as well. */
  | { readonly kind: 'signal'; readonly signal: NodeJS.Signals }
  /** The process ends by itself, with this code. */
  | { readonly kind: 'exit'; readonly code: number }
  /** The process ends as Go does after a panic: goroutines on stderr, exit code 2. */
  | { readonly kind: 'panic' }
  /** Both directions, at once. The process lives and goes on listening. */
  | { readonly kind: 'close' }
  /** The direction to the host; what the host sends goes on to the plugin. */
  | { readonly kind: 'half-close' }
  /** RST. The network has to be tcp. */
  | { readonly kind: 'reset' }
  /** From now on connections stay open, and nothing is read or written. */
  | { readonly kind: 'silence' }
  /** From now on each byte is a write of its own, both ways. */
  | { readonly kind: 'drip' }
  /** Between two frames to the host, twelve bytes that are no yamux header. */
  | { readonly kind: 'corrupt' }
  /** With replies held: a gob message of a huge length begins instead of the reply, and never ends. */
  | { readonly kind: 'endless-reply' }
  /** The file of the socket that the host was told of is removed. The network has to be unix. */
  | { readonly kind: 'unlink-socket' }
  /** So many bytes on stderr, in lines of 1 KiB. Done when the host has taken them. */
  | { readonly kind: 'fill-stderr'; readonly bytes: number }
  /** A child process that was started for it dies by SIGKILL. */
  | { readonly kind: 'child-dies' };
