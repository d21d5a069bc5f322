import { basename } from 'node:path';
import type { PluginContract } from '../../harness/contract/index.js';
import type { GobType } from '../../harness/gob/index.js';
import type { Value, ValueStruct } from '../../harness/value/index.js';
import { HostError } from './errors.js';

/** The method that says who a plugin is. */
export const GET_MANIFEST = 'GetManifest';

/** Who a plugin is, to the host. */
export interface Identity {
  readonly id: string;
  /** Frozen: the host keeps it and hands it out. */
  readonly manifest: Value | undefined;
}

/**
 * Reads `Manifest` and its `Id` out of the answer to GetManifest, as far as the contract has them.
 *
 * @param reply - `undefined` when the contract has no GetManifest
 * @throws HostError HOST_BAD_MANIFEST when there ought to be an id and is none
 */
export function identify(contract: PluginContract, file: string, reply: Value | undefined): Identity {
  const manifestType = field(contract.methods.get(GET_MANIFEST)?.reply, 'Manifest');
  const manifest = reply !== undefined && manifestType ? (reply as ValueStruct)['Manifest'] : reply;
  freeze(manifest);
  if (field(manifestType, 'Id')?.kind !== 'string') return { id: basename(file), manifest };
  const id = (manifest as ValueStruct)['Id'];
  if (typeof id === 'string' && id !== '') return { id, manifest };
  const found = id === '' ? 'empty' : 'not valid UTF-8';
  throw new HostError(
    'HOST_BAD_MANIFEST',
    `The Id in the manifest of ${file} is ${found}; a host keeps its plugins by it.`,
  );
}

function field(type: GobType | undefined, name: string): GobType | undefined {
  return type?.kind === 'struct' ? type.fields.find((candidate) => candidate.name === name)?.type : undefined;
}

function freeze(value: Value | undefined): void {
  if (Array.isArray(value)) value.forEach(freeze);
  else if (isStruct(value)) Object.values(value).forEach(freeze);
  else return;
  Object.freeze(value);
}

function isStruct(value: Value | undefined): value is ValueStruct {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
