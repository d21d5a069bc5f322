import { compareTypes, type Decoded, type StructType } from '../gob/index.js';
import type { ValueStruct } from '../value/index.js';
import { RpcError } from './errors.js';

/**
 * The fields of a header, as Go reads them into `expected`: by name, and what was not sent is zero. Unlike Go, which
 * would take every message for number 0, we want to be sent `Seq`.
 *
 * @throws RpcError RPC_PROTOCOL
 */
export function readHeader({ type, value }: Decoded, expected: StructType): ValueStruct {
  const wrong = compareTypes(type, expected).find(
    ({ kind, path }) => kind === 'incompatible' || (kind === 'missing' && path === '.Seq'),
  );
  if (!wrong) return value as ValueStruct;
  const what =
    wrong.kind === 'missing' ? 'it has no Seq' : `its type does not fit${wrong.path && ` at ${wrong.path}`}`;
  throw new RpcError('RPC_PROTOCOL', `A message’s header is not net/rpc’s ${expected.name}: ${what}.`);
}
