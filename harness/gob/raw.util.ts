/** Gob written by hand, in the plainest way, also wrongly. Source: encoding/gob/doc.go. */
export type Bytes = readonly number[];

export function uint(value: number | bigint): Bytes {
  if (value < 0x80) return [Number(value)];
  const digits = BigInt(value).toString(16);
  const bytes = [...Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex')];
  return [0x100 - bytes.length, ...bytes];
}

export function int(value: number | bigint): Bytes {
  const big = BigInt(value);
  return uint(big < 0n ? ((-1n - big) << 1n) | 1n : big << 1n);
}

export function text(value: string): Bytes {
  const bytes = Buffer.from(value);
  return [...uint(bytes.length), ...bytes];
}

export function message(...parts: Bytes[]): Bytes {
  const body = parts.flat();
  return [...uint(body.length), ...body];
}

/** A CommonType, as field 0 of what it is in. */
export function commonType(name: string, id: number): Bytes {
  return [1, ...(name === '' ? [2] : [1, ...text(name), 1]), ...int(id), 0];
}

/** The definition of a struct type in a message of its own. */
export function structType(id: number, name: string, fields: readonly (readonly [string, number])[]): Bytes {
  const list = fields.flatMap(([field, type]) => [
    ...(field === '' ? [2] : [1, ...text(field), 1]),
    ...int(type),
    0,
  ]);
  const content = fields.length === 0 ? [] : [1, ...uint(fields.length), ...list];
  return message(int(-id), [3], commonType(name, id), content, [0, 0]);
}

export function sliceType(id: number, elem: number): Bytes {
  return message(int(-id), [2], commonType('', id), [1], int(elem), [0, 0]);
}

export function arrayType(id: number, elem: number, length: number | bigint): Bytes {
  return message(int(-id), [1], commonType('', id), [1], int(elem), [1], int(length), [0, 0]);
}

export function mapType(id: number, key: number, elem: number): Bytes {
  return message(int(-id), [4], commonType('', id), [1], int(key), [1], int(elem), [0, 0]);
}
