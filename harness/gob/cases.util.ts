import type { Value } from '../value/index.js';
import { INTERFACE_CASES } from './cases-interface.util.js';
import { RECURSIVE_CASES } from './cases-recursive.util.js';
import { SHAPE_CASES } from './cases-shape.util.js';
import { INT, map, slice, STRING, struct, type GobType, type OpaqueType } from './index.js';

/** One stream of oracle/cases.go, as a TypeScript author would write it. */
export interface Case {
  readonly types: readonly GobType[];
  /** What decoding gives. Left out where it is Go's own affair: then Go's answer is taken. */
  readonly values?: readonly Value[];
  /** What is encoded to give Go the same, where that is something else. */
  readonly sent?: readonly Value[];
  /** Whether our bytes are Go's, byte for byte; they are unless this is false. */
  readonly exact?: false;
}

const gobEncoder = (name: string): OpaqueType => ({ kind: 'gobEncoder', name });
const binaryMarshaler = (name: string): OpaqueType => ({ kind: 'binaryMarshaler', name });

const secret = gobEncoder('Secret');
const temp = binaryMarshaler('Temp');
const secrets = struct('Secrets', {
  One: secret,
  Zero: secret,
  Ptr: secret,
  Nil: secret,
  List: slice(secret, '[]main.Secret'),
  Map: map(STRING, temp, 'map[string]main.Temp'),
  Temp: temp,
});
const time = gobEncoder('Time');
const int = gobEncoder('Int');

/**
 * The types of oracle/cases_opaque.go. Go gives such a type two ids at times, and defines some that nobody needs: our
 * bytes are not the same then.
 */
const OPAQUE_CASES: Record<string, Case> = {
  'GobEncoder and BinaryMarshaler': { types: [secrets, secrets], exact: false },
  'top-level GobEncoder': {
    types: [secret, secret],
    values: [Buffer.from('<top>'), Buffer.from('<again>')],
    exact: false,
  },
  TextMarshaler: { types: [INT, slice(INT)], values: [7, [1, 2]] },
  'time.Time': { types: [struct('Times', { At: time, Zero: time, Later: time, For: INT }), time] },
  'big.Int and big.Float': {
    types: [struct('Numbers', { Int: int, Float: gobEncoder('Float'), None: int, Value: int })],
    exact: false,
  },
  'url.URL and netip.Addr': {
    types: [
      struct('Places', {
        URL: binaryMarshaler('URL'),
        Addr: binaryMarshaler('Addr'),
        None: binaryMarshaler('Addr'),
      }),
    ],
    exact: false,
  },
};

export const CASES: Record<string, Case> = {
  ...RECURSIVE_CASES,
  ...INTERFACE_CASES,
  ...OPAQUE_CASES,
  ...SHAPE_CASES,
};
