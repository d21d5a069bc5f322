import { isUtf8 } from 'node:buffer';

import { ByteString, Complex } from '../value/index.js';
import { LAST_ONE_BYTE_UINT, UINT_MAX_BYTES } from './constants.js';
import { GobError } from './errors.js';
import { limitError, type GobLimits } from './limits.js';

/** Up to here, reading ASCII byte by byte is quicker than a call into Node's decoder (measured on Node 20). */
const SHORT_STRING = 12;

const NOTHING: Buffer = Buffer.alloc(0);

/** Reads gob's primitives out of one message at a time. Every claim is checked against what the message has. */
export class Reader {
  readonly limits: GobLimits;
  readonly maxDepth: number;
  pos = 0;
  end = 0;
  #bytes: Buffer = NOTHING;
  #start = 0;
  #message = 0;
  #elementsLeft = 0;
  readonly #float = new DataView(new ArrayBuffer(8));

  constructor(limits: GobLimits) {
    this.limits = limits;
    this.maxDepth = limits.maxDepth;
  }

  /** Goes on to the message that lies in `bytes` from `start` to `end`. */
  enter(bytes: Buffer, start: number, end: number): void {
    this.#bytes = bytes;
    this.#start = start;
    this.#message++;
    this.pos = start;
    this.end = end;
  }

  /** Lets go of the message's bytes. */
  leave(): void {
    this.#bytes = NOTHING;
  }

  beginValue(): void {
    this.#elementsLeft = this.limits.maxElements;
  }

  /** Announces `count` values before they are made. */
  charge(count: number): void {
    this.#elementsLeft -= count;
    if (this.#elementsLeft < 0) {
      const { maxElements } = this.limits;
      throw limitError(
        `${this.#where()}: the value's elements`,
        maxElements - this.#elementsLeft,
        'maxElements',
        this.limits,
      );
    }
  }

  /** Throws unless a struct, list, map or interface may be nested `depth` levels down. */
  checkDepth(depth: number): void {
    if (depth >= this.maxDepth) {
      throw limitError(`${this.#where()}: the value's nesting`, depth + 1, 'maxDepth', this.limits);
    }
  }

  /** An unsigned integer as a length, count, delta or byte: exact up to 2^53, and never less than 2^53 beyond. */
  uintNumber(): number {
    const first = this.#byte();
    if (first <= LAST_ONE_BYTE_UINT) return first;
    const width = this.#width(first);
    let value = 0;
    for (let i = 0; i < width; i++) value = value * 256 + (this.#bytes[this.pos++] as number);
    return value;
  }

  uint(): number | bigint {
    const first = this.#byte();
    if (first <= LAST_ONE_BYTE_UINT) return first;
    const width = this.#width(first);
    const high = this.#bigEndian(width - 4);
    const low = this.#bigEndian(Math.min(width, 4));
    if (high < 2 ** 21) return high * 2 ** 32 + low;
    return (BigInt(high) << 32n) | BigInt(low);
  }

  /** A signed integer: bit 0 says whether the others are complemented (doc.go). */
  int(): number | bigint {
    const first = this.#byte();
    if (first <= LAST_ONE_BYTE_UINT) return first & 1 ? ~(first >> 1) : first >> 1;
    const width = this.#width(first);
    const high = this.#bigEndian(width - 4);
    const low = this.#bigEndian(Math.min(width, 4));
    if (high < 2 ** 22) {
      const half = high * 2 ** 31 + (low >>> 1);
      // -2^53 is the one integer in reach that is not safe.
      if ((low & 1) === 0) return half;
      if (half < Number.MAX_SAFE_INTEGER) return -half - 1;
    }
    const half = (BigInt(high) << 31n) | BigInt(low >>> 1);
    return low & 1 ? ~half : half;
  }

  /** A float64 whose bits were sent byte-reversed, as an unsigned integer (doc.go). */
  float(): number {
    const first = this.#byte();
    const float = this.#float;
    if (first <= LAST_ONE_BYTE_UINT) {
      float.setUint32(0, 0);
      float.setUint32(4, first);
    } else {
      const width = this.#width(first);
      float.setUint32(0, this.#bigEndian(width - 4));
      float.setUint32(4, this.#bigEndian(Math.min(width, 4)));
    }
    return float.getFloat64(0, true);
  }

  complex(): Complex {
    const re = this.float();
    return new Complex(re, this.float());
  }

  bytes(): Uint8Array {
    const start = this.#skip();
    return new Uint8Array(this.#bytes.subarray(start, this.pos));
  }

  string(): string | ByteString {
    const start = this.#skip();
    const end = this.pos;
    if (end - start <= SHORT_STRING) {
      const ascii = this.#shortAscii(start, end);
      if (ascii !== undefined) return ascii;
    }
    const text = this.#bytes.toString('utf8', start, end);
    if (text.includes('\ufffd') && !isUtf8(this.#bytes.subarray(start, end))) {
      return new ByteString(new Uint8Array(this.#bytes.subarray(start, end)));
    }
    return text;
  }

  /** The name of a type or a field. */
  name(): string {
    const before = this.pos;
    const length = this.uintNumber();
    if (length > this.limits.maxNameBytes) {
      throw limitError(`${this.#where()}: the bytes of a name`, length, 'maxNameBytes', this.limits);
    }
    this.pos = before;
    const name = this.string();
    if (typeof name !== 'string') throw this.malformed('a name is not UTF-8');
    return name;
  }

  malformed(problem: string): GobError {
    return new GobError('GOB_MALFORMED', `gob: ${this.#where()}: ${problem}`);
  }

  #byte(): number {
    if (this.pos >= this.end) throw this.malformed('the message ends where more must come');
    return this.#bytes[this.pos++] as number;
  }

  /** How many bytes follow a first byte that is a negated byte count. */
  #width(first: number): number {
    const width = 0x100 - first;
    if (width > UINT_MAX_BYTES) {
      throw this.malformed(`an integer claims ${width} bytes, at most ${UINT_MAX_BYTES} make one`);
    }
    if (width > this.end - this.pos) {
      throw this.malformed(`an integer claims ${width} bytes, the message has ${this.end - this.pos} left`);
    }
    return width;
  }

  /** The next `width` bytes, of at most 4, as an unsigned number; 0 if there are none. */
  #bigEndian(width: number): number {
    let value = 0;
    for (let i = 0; i < width; i++) value = (value << 8) | (this.#bytes[this.pos++] as number);
    return value >>> 0;
  }

  /** Reads a length and skips as many bytes; returns where they start. */
  #skip(): number {
    const length = this.uintNumber();
    if (length > this.end - this.pos) {
      throw this.malformed(
        `text or bytes claim a length of ${length}, the message has ${this.end - this.pos} left`,
      );
    }
    const start = this.pos;
    this.pos += length;
    return start;
  }

  #shortAscii(start: number, end: number): string | undefined {
    const bytes = this.#bytes;
    let text = '';
    let bits = 0;
    let i = start;
    for (; i + 4 <= end; i += 4) {
      const a = bytes[i] as number;
      const b = bytes[i + 1] as number;
      const c = bytes[i + 2] as number;
      const d = bytes[i + 3] as number;
      bits |= a | b | c | d;
      text += String.fromCharCode(a, b, c, d);
    }
    for (; i < end; i++) {
      const a = bytes[i] as number;
      bits |= a;
      text += String.fromCharCode(a);
    }
    return bits < 0x80 ? text : undefined;
  }

  #where(): string {
    return `message ${this.#message}, byte ${this.pos - this.#start} of ${this.end - this.#start}`;
  }
}
