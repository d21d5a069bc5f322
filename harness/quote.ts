/** How much of a foreign text an error message shows, in UTF-16 units. */
const SHOWN = 200;

/**
 * Whatever could move a terminal's cursor, reorder a line, or hide in it: controls (C0, C1), format characters (BOM,
 * bidirectional marks and overrides, zero-width, tags), what renders as nothing, line and paragraph separators, every
 * space but the usual one, and surrogates without their other half.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Escapes every character that a terminal or a reader could be fooled by; the rest stays as it is. */
export function escapeControls(text: string): string {
  return text.replace(UNSAFE, (char) => SHORT[char] ?? escapeCodePoint(char.codePointAt(0) as number));
}

function escapeCodePoint(code: number): string {
  const hex = code.toString(16);
  return code > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
}

/** A foreign text as one quoted, escaped and shortened piece of a message: `"1|1|unix|…" (70000 characters)`. */
export function quote(text: string, limit: number = SHOWN): string {
  const cut = text.length > limit ? text.slice(0, limit) : text;
  const quoted = `"${escapeControls(cut.replaceAll('\\', '\\\\').replaceAll('"', '\\"'))}${cut === text ? '' : '…'}"`;
  return cut === text ? quoted : `${quoted} (${text.length} characters)`;
}
