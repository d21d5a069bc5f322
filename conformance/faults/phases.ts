/** A moment in a plugin's life at which something can go wrong. */
export interface Phase {
  readonly name: string;
  /** What is going on at that moment. */
  readonly title: string;
  /** Where the relay in front of the plugin stops for it. */
  readonly hold?: 'handshake' | 'connection' | 'dispense' | 'quit';
  /** How many calls wait for their replies. */
  readonly calls?: number;
}

/** In the order in which a plugin goes through them. */
export const PHASES = [
  { name: 'before-handshake', title: 'the process runs and has not shaken hands', hold: 'handshake' },
  {
    name: 'before-connection',
    title: 'the handshake is printed, and the plugin has not taken the connection',
    hold: 'connection',
  },
  {
    name: 'dispensing',
    title: 'the host opens the brokered stream of the plugin it dispenses',
    hold: 'dispense',
  },
  { name: 'idle', title: 'connected and dispensed, with no call in flight' },
  { name: 'call', title: 'a call waits for its reply', calls: 1 },
  { name: 'calls', title: '32 calls wait for their replies', calls: 32 },
  { name: 'quitting', title: 'the host has asked it to Quit', hold: 'quit' },
  { name: 'other-starting', title: 'idle, while the host starts another plugin' },
] as const satisfies readonly Phase[];

export type PhaseName = (typeof PHASES)[number]['name'];

/** The host has not got hold of the plugin yet: what goes wrong is told by `load`. */
export function isBeforeRunning(phase: PhaseName): boolean {
  return phase === 'before-handshake' || phase === 'before-connection' || phase === 'dispensing';
}
