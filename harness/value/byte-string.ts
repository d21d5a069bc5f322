/** A Go string whose bytes are not valid UTF-8. Go strings are byte strings: nothing is lost here. */
export class ByteString {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** The bytes read as UTF-8, with U+FFFD where that is not possible. For display only. */
  toString(): string {
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength).toString('utf8');
  }
}
