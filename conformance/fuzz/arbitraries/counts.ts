import { greatest, least, mayBeNil, type Schema } from '../../../harness/contract/index.js';
import type { GobType } from '../../../harness/gob/index.js';
import { toJson, type Value, type ValueStruct } from '../../../harness/value/index.js';
import type { Count, ListParts } from './list.js';
import type { ValueNode } from './node.js';
import type { Branch } from './place.js';

type ListType = GobType & { kind: 'slice' | 'array' };
type MapType = GobType & { kind: 'map' };

/** What a list is made of. `nodeOf` makes the node of an element that further schemas hold of. */
export function listParts(
  type: ListType,
  { schemas }: Branch,
  nodeOf: (constraints: readonly Schema[]) => ValueNode,
): { parts: ListParts; exact: boolean } {
  const containing = schemas.flatMap((schema) =>
    schema.contains === undefined ? [] : [{ ...schema, contains: schema.contains }],
  );
  const prefixes = schemas.flatMap(({ prefixItems }) => (prefixItems === undefined ? [] : [prefixItems]));
  const prefixed = Math.max(0, ...prefixes.map(({ length }) => length));
  const others = containing.flatMap(({ contains, maxContains }) =>
    maxContains === undefined ? [] : [notOf(contains)],
  );
  const prefixAt = (index: number): Schema[] => prefixes.flatMap((prefix) => prefix[index] ?? []);
  // All that there can be, since nodes are made before values.
  const nodes = Array.from({ length: prefixed + 1 }, (_, index) => {
    const here = prefixAt(index);
    return [nodeOf([...here, ...others]), ...containing.map(({ contains }) => nodeOf([...here, contains]))];
  });
  const any = Array.from({ length: prefixed + 1 }, (_, index) => nodeOf(prefixAt(index)));
  const field = schemas.find(({ uniqueBy }) => uniqueBy !== undefined)?.uniqueBy;
  const isUnique = schemas.some(({ uniqueItems }) => uniqueItems === true);
  const contains = containing.map(({ minContains = 1, maxContains = Infinity }) => ({
    min: minContains,
    max: maxContains,
  }));
  const asked = contains.reduce((sum, { min }) => Math.max(sum, min), 0);
  return {
    parts: {
      min: Math.max(greatest(schemas, 'minItems', 0), asked),
      max: least(schemas, 'maxItems', Infinity),
      isRecursive: isRecursive(type),
      nodeAt: (index, part) => nodes[Math.min(index, prefixed)]?.[part + 1] as ValueNode,
      anyAt: (index) => any[Math.min(index, prefixed)] as ValueNode,
      contains,
      identity: identityOf(isUnique, field),
    },
    exact:
      field === undefined && !isUnique && containing.length === 0 && prefixed === 0 && !mayBeNil(type.elem),
  };
}

export function mapCount(type: MapType, { schemas }: Branch): Count {
  return {
    min: greatest(schemas, 'minProperties', 0),
    max: least(schemas, 'maxProperties', type.key.kind === 'bool' ? 2 : Infinity),
    isRecursive: isRecursive(type),
  };
}

const inverted = new WeakMap<Schema, Schema>();

/** The same schema each time. */
function notOf(schema: Schema): Schema {
  let not = inverted.get(schema);
  if (not === undefined) inverted.set(schema, (not = { not: schema }));
  return not;
}

function identityOf(isUnique: boolean, field: string | undefined): ((item: Value) => string) | undefined {
  if (field !== undefined) return (item) => textOf((item as ValueStruct)[field] ?? null);
  return isUnique ? textOf : undefined;
}

/** Equal values have the same text, but for what a judge has to tell (the order in maps, -0). */
function textOf(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(toJson(value));
}

const recursive = new WeakMap<GobType, boolean>();

/** Whether what is in a list or map can hold the like of it again. */
function isRecursive(type: ListType | MapType): boolean {
  let known = recursive.get(type);
  if (known === undefined) {
    known = leadsTo(type.elem, type, new Set());
    recursive.set(type, known);
  }
  return known;
}

function leadsTo(from: GobType, to: GobType, seen: Set<GobType>): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  if (from.kind === 'struct') return from.fields.some(({ type }) => leadsTo(type, to, seen));
  return (
    (from.kind === 'slice' || from.kind === 'array' || from.kind === 'map') && leadsTo(from.elem, to, seen)
  );
}
