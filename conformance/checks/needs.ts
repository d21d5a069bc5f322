/** A valid handshake line was read: what every other check stands on. */
export const HANDSHAKE: readonly string[] = [
  'launch/runs',
  'handshake/first-line',
  'handshake/core-version',
  'handshake/app-version',
  'version/compatible',
  'handshake/network',
  'handshake/address',
  'handshake/protocol',
  'handshake/certificate',
];

/** A session that answers. */
export const SESSION: readonly string[] = [
  ...HANDSHAKE,
  'session/connects',
  'session/streams',
  'session/ping',
];

/** The contract’s plugins can be had. */
export const DISPENSED: readonly string[] = [...SESSION, 'dispense/known-name'];
