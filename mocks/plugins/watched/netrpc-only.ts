import type { Contract } from '../../../harness/contract/index.js';
import { WatchedError } from './errors.js';

/**
 * The contract without its gRPC plugins.
 *
 * @throws WatchedError `WATCHED_CONTRACT` when it has no others
 */
export function netrpcOnly(contract: Contract): Contract {
  const plugins = [...contract.plugins].filter(([, { transport }]) => transport === 'netrpc');
  if (plugins.length > 0) return { ...contract, plugins: new Map(plugins) };
  throw new WatchedError(
    'WATCHED_CONTRACT',
    `The contract ${contract.source} has no plugin whose transport is netrpc, the only one that a watched plugin speaks.`,
  );
}
