/** Gob written by hand, so that it can also be written wrongly. Source: encoding/gob/doc.go. */
export type Bytes = readonly number[];

export function uint(value: number | bigint): Bytes {
  if (value < 0x80) return [Number(value)];
  const digits = BigInt(value).toString(16);
  const bytes = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  return [0x100 - bytes.length, ...bytes];
}

export function int(value: number | bigint): Bytes {
  const big = BigInt(value);
  return uint(big < 0n ? ((-1n - big) << 1n) | 1n : big << 1n);
}

/** A string of these bytes, whether they are UTF-8 or not. */
export function bytesOf(text: Uint8Array): Bytes {
  return [...uint(text.length), ...text];
}

export function text(value: string): Bytes {
  return bytesOf(Buffer.from(value));
}

/** A message: the length of what is in it, and that. */
export function message(...parts: readonly Bytes[]): Uint8Array {
  return framed(Buffer.concat(parts.map((part) => Buffer.from(part))));
}

/** A message’s content behind its length. */
export function framed(content: Uint8Array, length: number | bigint = content.length): Uint8Array {
  return Buffer.concat([Buffer.from(uint(length)), content]);
}

/** A message without its length; what it was given if that is no whole message. */
export function contentOf(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(uintWidth(bytes, 0));
}

/** How many bytes the unsigned integer at `at` takes. */
export function uintWidth(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  return first < 0x80 ? 1 : 1 + (0x100 - first);
}

/** The signed integer at `at`. */
export function intAt(bytes: Uint8Array, at: number): number {
  const width = uintWidth(bytes, at);
  const digits = Buffer.from(bytes.subarray(width === 1 ? at : at + 1, at + width)).toString('hex');
  const value = BigInt(`0x${digits || '0'}`);
  return Number(value & 1n ? -1n - (value >> 1n) : value >> 1n);
}

/** A CommonType as field 0 of what it is in. */
export function commonType(name: string, id: number): Bytes {
  return [1, ...(name === '' ? [2] : [1, ...text(name), 1]), ...int(id), 0];
}

/** The definition of a struct type. */
export function structType(
  id: number,
  name: string,
  fields: readonly (readonly [string, number])[],
): Uint8Array {
  const list = fields.flatMap(([field, type]) => [
    ...(field === '' ? [2] : [1, ...text(field), 1]),
    ...int(type),
    0,
  ]);
  const content = fields.length === 0 ? [] : [1, ...uint(fields.length), ...list];
  return message(int(-id), [3], commonType(name, id), content, [0, 0]);
}

export function sliceType(id: number, elem: number): Uint8Array {
  return message(int(-id), [2], commonType('', id), [1], int(elem), [0, 0]);
}

export function arrayType(id: number, elem: number, length: number | bigint): Uint8Array {
  return message(int(-id), [1], commonType('', id), [1], int(elem), [1], int(length), [0, 0]);
}

export function mapType(id: number, key: number, elem: number): Uint8Array {
  return message(int(-id), [4], commonType('', id), [1], int(key), [1], int(elem), [0, 0]);
}
