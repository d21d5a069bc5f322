import type { Contract, MethodContract } from '../../harness/contract/index.js';
import type { GobType } from '../../harness/gob/index.js';

/** A contract as a plugin understands it that was built against another type of one method's reply. */
export function withReplyType(name: string, reply: GobType): (contract: Contract) => Contract {
  const change = (method: MethodContract): MethodContract =>
    method.name === name ? { ...method, reply } : method;
  return (contract) => ({
    ...contract,
    plugins: new Map(
      [...contract.plugins].map(([key, plugin]) => [
        key,
        { ...plugin, methods: new Map([...plugin.methods].map(([id, method]) => [id, change(method)])) },
      ]),
    ),
  });
}
