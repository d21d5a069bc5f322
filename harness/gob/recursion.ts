import type { GobType } from './types.js';

/** What the zero value of a type is made of. */
export interface ZeroShape {
  /**
   * Whether the type contains itself by fields and array elements alone, so that its zero value would never end.
   * In Go there is a pointer on the way, and its zero is nil. Slices, maps and interfaces end by themselves.
   */
  readonly recursive: boolean;
  /** How many values are in it, itself not counted. Infinity if that is more than a double holds. */
  readonly size: number;
  /** How many structs, lists and maps are nested in it, itself counted. */
  readonly depth: number;
}

const shapes = new WeakMap<GobType, ZeroShape>();

const EMPTY: ZeroShape = { recursive: false, size: 0, depth: 1 };
const SCALAR: ZeroShape = { recursive: false, size: 0, depth: 0 };

interface Visit {
  readonly type: GobType;
  readonly parts: readonly GobType[];
  readonly index: number;
  low: number;
  next: number;
}

/**
 * The zero shape of a type. Found once for each type: a type must not change after its first use.
 *
 * Tarjan's strongly connected components, with a stack of its own: a type may be thousands of types deep.
 */
export function zeroShape(root: GobType): ZeroShape {
  const known = shapes.get(root);
  if (known !== undefined) return known;

  const visits = new Map<GobType, Visit>();
  const component: Visit[] = [];
  const inComponent = new Set<GobType>();
  const path: Visit[] = [];
  const enter = (type: GobType): void => {
    const visit = { type, parts: zeroParts(type), index: visits.size, low: visits.size, next: 0 };
    visits.set(type, visit);
    component.push(visit);
    inComponent.add(type);
    path.push(visit);
  };

  enter(root);
  for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
    const part = visit.parts[visit.next++];
    if (part !== undefined) {
      const seen = visits.get(part);
      if (seen === undefined) {
        if (!shapes.has(part)) enter(part);
      } else if (inComponent.has(part)) {
        visit.low = Math.min(visit.low, seen.index);
      }
      continue;
    }
    path.pop();
    const parent = path.at(-1);
    if (parent !== undefined) parent.low = Math.min(parent.low, visit.low);
    if (visit.low === visit.index) {
      const members = component.splice(component.lastIndexOf(visit));
      for (const { type } of members) inComponent.delete(type);
      settle(members);
    }
  }
  return shapes.get(root) as ZeroShape;
}

/** Measures the types of one component: all other types they are made of have been measured. */
function settle(members: readonly Visit[]): void {
  const [first] = members as [Visit, ...Visit[]];
  const recursive = members.length > 1 || first.parts.includes(first.type);
  const types = new Set(members.map((member) => member.type));
  const part = (type: GobType): ZeroShape => {
    const shape = recursive && types.has(type) ? SCALAR : (shapes.get(type) as ZeroShape);
    return shape.recursive ? SCALAR : shape;
  };
  for (const { type } of members) shapes.set(type, measure(type, recursive, part));
}

function measure(type: GobType, recursive: boolean, part: (type: GobType) => ZeroShape): ZeroShape {
  switch (type.kind) {
    case 'struct': {
      const fields = type.fields.map((field) => part(field.type));
      return {
        recursive,
        size: fields.reduce((sum, field) => sum + 1 + field.size, 0),
        depth: 1 + fields.reduce((deepest, field) => Math.max(deepest, field.depth), 0),
      };
    }
    case 'array': {
      if (type.length === 0) return EMPTY;
      const elem = part(type.elem);
      return { recursive, size: type.length * (1 + elem.size), depth: 1 + elem.depth };
    }
    case 'slice':
    case 'map':
      return EMPTY;
    default:
      return SCALAR;
  }
}

/** The types whose zero values are in this type's zero value. */
function zeroParts(type: GobType): readonly GobType[] {
  if (type.kind === 'struct') return type.fields.map((field) => field.type);
  return type.kind === 'array' && type.length > 0 ? [type.elem] : [];
}
