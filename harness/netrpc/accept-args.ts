import { adopt, compareTypes, typeToString, type Decoded } from '../gob/index.js';
import type { Value } from '../value/index.js';
import type { RpcMethod } from './rpc-server.js';

/**
 * The arguments of a call as the method expects them.
 *
 * @throws Error whose text is for the caller, as Go's gob would refuse them
 */
export function acceptArgs(sent: Decoded, method: RpcMethod): Value {
  if (method.accepts?.(sent.type)) return sent.value;
  const wrong = compareTypes(sent.type, method.args).find(({ kind }) => kind === 'incompatible');
  if (wrong) {
    const at = wrong.path === '' ? '' : ` at ${wrong.path}`;
    throw new Error(
      `gob: local type ${typeToString(method.args)} cannot be decoded from remote type ${typeToString(sent.type)}${at}`,
    );
  }
  return adopt(sent.value, sent.type, method.args);
}
