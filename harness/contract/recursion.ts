import type { GobType, StructType } from '../gob/types.js';

/**
 * Whether a struct's field has to be a pointer in Go, and so may be nil: its type contains the struct itself, with no
 * slice or map between that could be empty.
 */
export function isPointerField(field: GobType, owner: StructType): boolean {
  return reaches(field, owner, new Set());
}

function reaches(from: GobType, to: StructType, seen: Set<GobType>): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  if (from.kind === 'array') return reaches(from.elem, to, seen);
  return from.kind === 'struct' && from.fields.some((field) => reaches(field.type, to, seen));
}
