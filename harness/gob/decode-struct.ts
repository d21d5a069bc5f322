import { setField, type Value, type ValueStruct } from '../value/index.js';
import { SUSPENDED, type DecodeContext, type DecodeFunction, type Frame } from './decode-context.js';
import { zeroShape } from './recursion.js';
import type { GobType, StructType } from './types.js';
import { zeroPart } from './zero.js';

/** Structs are (delta of field number, value) pairs up to a delta of 0; fields that are zero are left out (doc.go). */
export function decodeStruct(type: StructType): DecodeFunction {
  const plan = new StructPlan(type);
  return (context, depth) => {
    context.reader.checkDepth(depth);
    context.reader.charge(plan.fields.length);
    return plan.decode(context, depth, {}, 0);
  };
}

interface PlannedField {
  readonly name: string;
  readonly type: GobType;
  /** The zero value where it is a primitive and can be shared; otherwise it is made anew each time. */
  readonly zero: Value | undefined;
  /** What making the zero value adds. */
  readonly zeroSize: number;
  readonly zeroDepth: number;
  decode: DecodeFunction | undefined;
}

class StructPlan {
  readonly fields: readonly PlannedField[];
  readonly #hasProto: boolean;

  constructor(type: StructType) {
    this.fields = type.fields.map(planField);
    this.#hasProto = type.fields.some((field) => field.name === '__proto__');
  }

  /** Reads the fields from number `next` on into `struct`, in order, zeros between. */
  decode(context: DecodeContext, depth: number, struct: ValueStruct, next: number): Value | typeof SUSPENDED {
    const { reader } = context;
    const { fields } = this;
    for (;;) {
      // As in Go, the end of the message ends a struct too (decode.go, decodeStruct).
      const delta = reader.pos < reader.end ? reader.uintNumber() : 0;
      const index = delta === 0 ? fields.length : next - 1 + delta;
      if (delta !== 0 && index >= fields.length) {
        throw reader.malformed(`field number ${index} came for a struct of ${fields.length} fields`);
      }
      for (; next < index; next++) {
        const field = fields[next] as PlannedField;
        this.#set(struct, field, field.zero === undefined ? makeZero(context, field, depth + 1) : field.zero);
      }
      if (delta === 0) return struct;

      const field = fields[index] as PlannedField;
      field.decode ??= context.functionFor(field.type);
      const value = field.decode(context, depth + 1);
      if (value === SUSPENDED) return context.suspend(new StructFrame(this, depth, struct, index));
      this.#set(struct, field, value);
      next = index + 1;
    }
  }

  resume(
    context: DecodeContext,
    depth: number,
    struct: ValueStruct,
    index: number,
    value: Value,
  ): Value | typeof SUSPENDED {
    this.#set(struct, this.fields[index] as PlannedField, value);
    return this.decode(context, depth, struct, index + 1);
  }

  #set(struct: ValueStruct, field: PlannedField, value: Value): void {
    if (this.#hasProto) setField(struct, field.name, value);
    else struct[field.name] = value;
  }
}

function planField({ name, type }: StructType['fields'][number]): PlannedField {
  const { recursive, size, depth } = zeroShape(type);
  const isPrimitive =
    recursive || ['bool', 'int', 'uint', 'float', 'string', 'interface'].includes(type.kind);
  const zero = isPrimitive ? zeroPart(type) : undefined;
  return { name, type, zero, zeroSize: size, zeroDepth: depth, decode: undefined };
}

/** A few bytes can leave out a great deal: the zero is counted before it is made. */
function makeZero({ reader }: DecodeContext, field: PlannedField, depth: number): Value {
  reader.charge(field.zeroSize);
  if (field.zeroDepth > 0) reader.checkDepth(depth + field.zeroDepth - 1);
  return zeroPart(field.type);
}

class StructFrame implements Frame {
  readonly #plan: StructPlan;
  readonly #depth: number;
  readonly #struct: ValueStruct;
  readonly #index: number;

  constructor(plan: StructPlan, depth: number, struct: ValueStruct, index: number) {
    this.#plan = plan;
    this.#depth = depth;
    this.#struct = struct;
    this.#index = index;
  }

  resume(context: DecodeContext, part: Value): Value | typeof SUSPENDED {
    return this.#plan.resume(context, this.#depth, this.#struct, this.#index, part);
  }
}
