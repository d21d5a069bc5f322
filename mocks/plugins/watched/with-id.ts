import type { Contract } from '../../../harness/contract/index.js';
import type { Value, ValueStruct } from '../../../harness/value/index.js';
import type { MockHandlers } from '../mock-plugin.js';

/** Answers GetManifest with this id, where the contract has a method of that name with a `Manifest` with an `Id`. */
export function withId(contract: Contract, id: string): MockHandlers {
  const method = [...contract.plugins.values()]
    .map(({ methods }) => methods.get('GetManifest'))
    .find((found) => found !== undefined);
  if (method === undefined) return {};
  return {
    GetManifest: () => {
      const reply = method.sampleReply();
      const manifest = fieldOf(reply, 'Manifest');
      if (typeof fieldOf(manifest, 'Id') !== 'string') return reply;
      return { ...(reply as ValueStruct), Manifest: { ...(manifest as ValueStruct), Id: id } };
    },
  };
}

function fieldOf(value: Value | undefined, name: string): Value | undefined {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as ValueStruct)[name]
    : undefined;
}
