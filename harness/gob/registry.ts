import { BOOL, BYTES, COMPLEX, FLOAT, INT, slice, STRING, UINT, type GobType } from './types.js';

/** The concrete types that interface values may have, by the name that they have at the peer (`gob.Register`). */
export type Registry = ReadonlyMap<string, GobType>;

const SCALARS: readonly [type: GobType, names: readonly string[]][] = [
  [INT, ['int', 'int8', 'int16', 'int32', 'int64']],
  [UINT, ['uint', 'uint8', 'uint16', 'uint32', 'uint64', 'uintptr']],
  [FLOAT, ['float32', 'float64']],
  [COMPLEX, ['complex64', 'complex128']],
  [BOOL, ['bool']],
  [STRING, ['string']],
];

/** What every Go program has registered (type.go, `registerBasics`). */
export const BASIC_REGISTRY: Registry = new Map(
  SCALARS.flatMap(([type, names]) =>
    names.flatMap((name): [string, GobType][] => [
      [name, type],
      [`[]${name}`, name === 'uint8' ? BYTES : slice(type, `[]${name}`)],
    ]),
  ),
);
