/** A text of at least this many bytes is looked at for what repeats in it. */
const LONG = 64;

/** The longest unit that is looked for, in bytes. */
const UNIT = 16;

/**
 * A Go string literal of these bytes, in ASCII whatever they are: what an editor would normalise, reorder or refuse is
 * escaped. A long text of one repeated unit is `strings.Repeat("a", 1048576)`.
 */
export function goString(text: string | Uint8Array): string {
  const bytes = typeof text === 'string' ? Buffer.from(text) : Buffer.from(text);
  const unit = repeatedUnit(bytes);
  if (unit > 0) return `strings.Repeat(${quoted(bytes.subarray(0, unit))}, ${bytes.length / unit})`;
  return quoted(bytes);
}

function repeatedUnit(bytes: Buffer): number {
  if (bytes.length < LONG) return 0;
  for (let unit = 1; unit <= UNIT; unit++) {
    if (bytes.length % unit === 0 && bytes.subarray(unit).equals(bytes.subarray(0, bytes.length - unit)))
      return unit;
  }
  return 0;
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function quoted(bytes: Buffer): string {
  const isUtf8 = Buffer.compare(Buffer.from(bytes.toString('utf8')), bytes) === 0;
  const chars = isUtf8 ? Array.from(bytes.toString('utf8'), escapedChar) : Array.from(bytes, escapedByte);
  return `"${chars.join('')}"`;
}

function escapedChar(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x80) return escapedByte(code);
  const hex = code.toString(16);
  return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
}

function escapedByte(byte: number): string {
  const char = String.fromCharCode(byte);
  if (byte >= 0x20 && byte < 0x7f) return SHORT[char] ?? char;
  return (byte < 0x80 ? SHORT[char] : undefined) ?? `\\x${byte.toString(16).padStart(2, '0')}`;
}
