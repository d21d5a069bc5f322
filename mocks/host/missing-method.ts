import type { Client } from '../../harness/client/index.js';
import type { MethodContract } from '../../harness/contract/index.js';
import { STRING } from '../../harness/gob/index.js';
import { RpcServerError } from '../../harness/netrpc/index.js';

/** What net/rpc answers when a method, or the whole service, is not there (server.go, `readRequestHeader`). */
const MISSING = /^rpc: can't find (?:method|service) /;

/**
 * Whether calling the method could hang, should the plugin not have it: net/rpc skips the arguments of an unknown
 * method by decoding them into nothing, and gob cannot do that with a nil interface (golang/go#65190). What a
 * contract requires is not asked for: the question itself is arguments of a wrong type.
 */
export function mayHang({ required, args }: MethodContract): boolean {
  return !required && args.kind === 'interface';
}

/**
 * Asks whether the plugin has a method that takes an interface, by sending a string, which gob refuses there.
 *
 * @throws RpcError when there was no answer
 */
export async function hasMethod(client: Client, { name }: MethodContract): Promise<boolean> {
  try {
    await client.callRaw(name, STRING, 'is it there?');
    return true;
  } catch (error) {
    if (!(error instanceof RpcServerError)) throw error;
    return !MISSING.test(error.text);
  }
}
