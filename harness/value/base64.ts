/** Standard base64 with padding (RFC 4648, section 4). */
export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** The bytes, or `undefined` unless `text` is exactly what {@link toBase64} writes. */
export function fromBase64(text: string): Uint8Array | undefined {
  const decoded = Buffer.from(text, 'base64');
  // Buffer skips what it does not know; only the way back tells.
  return decoded.toString('base64') === text ? new Uint8Array(decoded) : undefined;
}
