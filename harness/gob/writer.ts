import { LAST_ONE_BYTE_UINT } from './constants.js';

/** Up to here, writing ASCII byte by byte is quicker than a call into Node's encoder (measured on Node 20). */
const SHORT_STRING = 20;

/** Up to here, a string's length in UTF-8 takes one byte, whatever its characters: 3 bytes at most for each. */
const ONE_BYTE_LENGTH = 42;

const LONE_SURROGATE = /\p{Surrogate}/u;

/** A buffer that grew past this for one message is not kept for the next. */
const KEPT_BYTES = 1024 * 1024;

const FIRST_BYTES = 256;

/** Writes gob's primitives into a buffer that grows and is used again. */
export class Writer {
  length = 0;
  #bytes: Buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #view: DataView = viewOf(this.#bytes);

  reset(): void {
    this.length = 0;
    if (this.#bytes.length > KEPT_BYTES) this.#replace(Buffer.allocUnsafeSlow(FIRST_BYTES));
  }

  /** A copy of what was written. */
  take(): Uint8Array {
    // The quickest way by far to copy a few hundred bytes (measured on Node 20).
    const copy = Buffer.allocUnsafe(this.length);
    this.#bytes.copy(copy, 0, 0, this.length);
    return copy;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.length++] = value;
  }

  /** An unsigned integer: itself in a byte if it fits, else the negated byte count and big-endian bytes (doc.go). */
  uint(value: number): void {
    this.#reserve(9);
    if (value <= LAST_ONE_BYTE_UINT) this.#bytes[this.length++] = value;
    else if (value < 2 ** 32) this.#low(value);
    else if (Number.isSafeInteger(value)) this.#wide(Math.floor(value / 2 ** 32), value >>> 0);
    else this.bigUint(BigInt(value));
  }

  bigUint(value: bigint): void {
    if (value <= Number.MAX_SAFE_INTEGER) {
      this.uint(Number(value));
    } else {
      this.#reserve(9);
      this.#wide(Number(value >> 32n), Number(value & 0xffff_ffffn));
    }
  }

  /** A signed integer, moved up by one; bit 0 says whether the other bits are complemented (doc.go). */
  int(value: number): void {
    if (value >= -(2 ** 52) && value < 2 ** 52) this.uint(value < 0 ? (-1 - value) * 2 + 1 : value * 2);
    else this.bigInt(BigInt(value));
  }

  bigInt(value: bigint): void {
    this.bigUint(value < 0n ? (~value << 1n) | 1n : value << 1n);
  }

  /** The bits of a float64, byte-reversed, as an unsigned integer (doc.go). */
  float(value: number): void {
    this.#reserve(17);
    // Little-endian bytes are the reversed ones. Written where they go, then moved up over the zeros before them.
    const bytes = this.#bytes;
    const at = this.length + 1;
    this.#view.setFloat64(at, value, true);
    let first = 0;
    while (first < 7 && bytes[at + first] === 0) first++;
    if (first === 7 && (bytes[at + 7] as number) <= LAST_ONE_BYTE_UINT) {
      bytes[this.length++] = bytes[at + 7] as number;
      return;
    }
    bytes[this.length++] = 0x100 - (8 - first);
    if (first > 0) bytes.copyWithin(at, at + first, at + 8);
    this.length += 8 - first;
  }

  /** A string in UTF-8; returns whether it has such a form: half a surrogate pair has none. */
  string(text: string): boolean {
    if (text.length <= SHORT_STRING && this.#shortAscii(text)) return true;
    let size: number;
    if (text.length <= ONE_BYTE_LENGTH) {
      this.#reserve(1 + 3 * ONE_BYTE_LENGTH);
      size = this.#bytes.write(text, this.length + 1);
      this.#bytes[this.length++] = size;
    } else {
      size = Buffer.byteLength(text);
      this.uint(size);
      this.#reserve(size);
      this.#bytes.write(text, this.length);
    }
    this.length += size;
    return size === text.length || !LONE_SURROGATE.test(text);
  }

  bytes(bytes: Uint8Array): void {
    this.uint(bytes.length);
    this.#append(bytes);
  }

  /** A length and a message: what another writer has. */
  message(other: Writer): void {
    this.uint(other.length);
    this.#append(other.#bytes.subarray(0, other.length));
  }

  #append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Writes the string if it is ASCII; else leaves nothing behind. */
  #shortAscii(text: string): boolean {
    const size = text.length;
    this.#reserve(1 + SHORT_STRING);
    const bytes = this.#bytes;
    const at = this.length;
    bytes[at] = size;
    for (let i = 0; i < size; i++) {
      const code = text.charCodeAt(i);
      if (code >= 0x80) return false;
      bytes[at + 1 + i] = code;
    }
    this.length = at + 1 + size;
    return true;
  }

  /** An integer of 8 to 32 bits. */
  #low(value: number): void {
    const width = value < 2 ** 8 ? 1 : value < 2 ** 16 ? 2 : value < 2 ** 24 ? 3 : 4;
    this.#bytes[this.length++] = 0x100 - width;
    for (let shift = (width - 1) * 8; shift >= 0; shift -= 8) this.#bytes[this.length++] = value >>> shift;
  }

  /** An integer of 33 to 64 bits. */
  #wide(high: number, low: number): void {
    const width = 4 + (high < 2 ** 8 ? 1 : high < 2 ** 16 ? 2 : high < 2 ** 24 ? 3 : 4);
    this.#bytes[this.length++] = 0x100 - width;
    for (let shift = (width - 5) * 8; shift >= 0; shift -= 8) this.#bytes[this.length++] = high >>> shift;
    this.#view.setUint32(this.length, low);
    this.length += 4;
  }

  #reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.length);
    this.#replace(larger);
  }

  #replace(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
