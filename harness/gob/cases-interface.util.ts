import { InterfaceValue, type Value } from '../value/index.js';
import {
  array,
  FLOAT,
  INT,
  INTERFACE,
  map,
  slice,
  STRING,
  struct,
  type GobType,
  type Registry,
} from './index.js';
import type { Case } from './cases.util.js';
import { point } from './cases-shape.util.js';

// The types of oracle/cases_interface.go.

const circle = struct('Circle', { R: FLOAT });
const rect = struct('Rect', { W: FLOAT, H: FLOAT });
const holder = struct('Holder', { Before: INT, Held: INTERFACE, After: INT });
const wrap = struct('Wrap', { Depth: INT, Inner: INTERFACE });
const points = slice(point, '[]main.Point');
const inner = struct('Inner', { Points: points });
const fault = struct('Fault', { Code: INT });
const reply = struct('Reply', { Value: STRING, Err: INTERFACE });
const anySlice = slice(INTERFACE, '[]interface {}');
const anyMap = map(STRING, INTERFACE, 'map[string]interface {}');
const mixed = struct('Mixed', {
  A: INTERFACE,
  B: INTERFACE,
  List: anySlice,
  Map: anyMap,
  Pair: array(2, INTERFACE, '[2]interface {}'),
  Keys: map(INTERFACE, INTERFACE, 'map[interface {}]interface {}'),
  Z: INT,
});

export const CASE_REGISTRY: Registry = new Map<string, GobType>([
  ['main.Circle', circle],
  ['*main.Rect', rect],
  ['main.Wrap', wrap],
  ['main.Inner', inner],
  ['*main.Fault', fault],
  ['ints', map(STRING, INT)],
  ['points', slice(point)],
  ['level', INT],
]);

const of = (typeName: string, value: Value): InterfaceValue => new InterfaceValue(typeName, value);
const circleOf = (radius: number): InterfaceValue => of('main.Circle', { R: radius });
const ab = new Map([['a', 1]]);

export const INTERFACE_CASES: Record<string, Case> = {
  'nil interface': { types: [INTERFACE, INTERFACE], values: [null, null] },
  'interface of a basic type': {
    types: [INTERFACE, INTERFACE, INTERFACE, INTERFACE, INTERFACE],
    values: [
      of('int', 7),
      of('string', 'x'),
      of('uint8', 3),
      of('[]string', ['a', 'b']),
      of('[]uint8', Buffer.from('b')),
    ],
    // Go names the type of a slice after where it met it first.
    exact: false,
  },
  'interface of a struct': { types: [INTERFACE, INTERFACE], values: [circleOf(2), circleOf(0)] },
  'interface of a pointer': { types: [INTERFACE], values: [of('*main.Rect', { W: 2, H: 3 })] },
  'interface of a map': { types: [INTERFACE], values: [of('ints', ab)] },
  'interface of a slice': {
    types: [INTERFACE],
    values: [
      of('points', [
        { X: 1, Y: 2 },
        { X: 0, Y: 0 },
      ]),
    ],
  },
  'interface of a named int': { types: [INTERFACE], values: [of('level', -3)] },
  'interface field': {
    types: [holder, holder, holder],
    values: [
      { Before: 1, Held: circleOf(2), After: 3 },
      { Before: 1, Held: circleOf(4), After: 3 },
      { Before: 1, Held: null, After: 3 },
    ],
  },
  'interface slice': {
    types: [slice(INTERFACE)],
    values: [[circleOf(1), null, of('*main.Rect', { W: 1, H: 2 }), circleOf(0)]],
  },
  'interface map': { types: [map(STRING, INTERFACE)], values: [new Map([['circle', circleOf(1)]])] },
  'interface array': { types: [array(3, INTERFACE)], values: [[of('int', 1), null, of('string', 'x')]] },
  'interface keys': { types: [map(INTERFACE, INT)], values: [new Map([[circleOf(1), 1]])] },
  'nested interfaces': {
    types: [INTERFACE, INTERFACE],
    values: [
      of('main.Wrap', {
        Depth: 1,
        Inner: of('main.Wrap', {
          Depth: 2,
          Inner: of('main.Wrap', { Depth: 3, Inner: of('main.Inner', { Points: [{ X: 1, Y: 2 }] }) }),
        }),
      }),
      of('main.Wrap', { Depth: 1, Inner: of('main.Inner', { Points: [] }) }),
    ],
  },
  'types first met inside': {
    types: [mixed],
    values: [
      {
        A: of('main.Wrap', { Depth: 1, Inner: of('main.Inner', { Points: [{ X: 1, Y: 2 }] }) }),
        B: circleOf(1),
        List: [
          of('int', 1),
          of('ints', ab),
          null,
          of('points', [{ X: 3, Y: 4 }]),
          of('*main.Rect', { W: 1, H: 1 }),
        ],
        Map: new Map([['k', of('main.Wrap', { Depth: 2, Inner: of('*main.Fault', { Code: 3 }) })]]),
        Pair: [of('level', 1), null],
        Keys: new Map([[of('level', 5), of('main.Inner', { Points: [] })]]),
        Z: 9,
      },
    ],
    exact: false,
  },
  'error field': {
    types: [reply, reply],
    values: [
      { Value: '', Err: of('*main.Fault', { Code: 5 }) },
      { Value: 'fine', Err: null },
    ],
  },
};
