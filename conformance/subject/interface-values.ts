import type { Contract } from '../../harness/contract/index.js';
import type { GobType } from '../../harness/gob/index.js';
import { InterfaceValue, type Value } from '../../harness/value/index.js';

/** Names that encoding/gob registers by itself (type.go, registerBasics): every host decodes these. */
const BASIC_TYPES: ReadonlySet<string> = new Set(
  [
    'int',
    'int8',
    'int16',
    'int32',
    'int64',
    'uint',
    'uint8',
    'uint16',
    'uint32',
    'uint64',
    'float32',
    'float64',
    'complex64',
    'complex128',
    'uintptr',
    'bool',
    'string',
  ].flatMap((name) => [name, `[]${name}`]),
);

/** Whether a host of the contract can decode what the interface holds: else its gob ends the connection. */
export function isKnownType({ typeName }: InterfaceValue, { errorTypes }: Contract): boolean {
  return errorTypes.has(typeName) || BASIC_TYPES.has(typeName);
}

/** All interface values of a reply, however deep. A method whose whole reply is an interface has none to register. */
export function interfaceValues(value: Value, declared: GobType): InterfaceValue[] {
  const found: InterfaceValue[] = [];
  const queue: Value[] = declared.kind === 'interface' ? [] : [value];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (next === null || typeof next !== 'object' || next instanceof Uint8Array) continue;
    if (next instanceof InterfaceValue) {
      found.push(next);
      queue.push(next.value);
    } else if (next instanceof Map) queue.push(...next.keys(), ...next.values());
    else if (Array.isArray(next)) for (const item of next) queue.push(item);
    else if (Object.getPrototypeOf(next) === Object.prototype)
      queue.push(...Object.values(next as Record<string, Value>));
  }
  return found;
}
