import { createHash } from 'node:crypto';
import type { Contract } from './contract.js';
import type { ContractDocument } from './document.js';

/** What `--contract` calls having none. */
export const NO_CONTRACT = 'none';

/**
 * The contract of `--contract none`: a handshake and no interface. All that can be judged by it is the protocol.
 * Its name is `none` and its protocol version 1.
 */
export function protocolOnlyContract(cookie: { key: string; value: string }): Contract {
  const handshake = { protocolVersions: [1], magicCookieKey: cookie.key, magicCookieValue: cookie.value };
  const json: ContractDocument = { name: NO_CONTRACT, handshake, plugins: {} };
  return {
    name: NO_CONTRACT,
    source: NO_CONTRACT,
    sha256: createHash('sha256').update(JSON.stringify(json)).digest('hex'),
    handshake,
    exclusive: false,
    plugins: new Map(),
    errorTypes: new Map(),
    hostServices: new Map(),
    json,
  };
}
