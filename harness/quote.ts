/** How much of a foreign text an error message shows, in UTF-16 units. */
const SHOWN = 200;

// C0 and C1 controls, bidirectional marks and overrides, line separators, BOM, unpaired surrogates:
// anything that could move a terminal's cursor, reorder a line or hide itself.
const UNSAFE =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const SHORT: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Escapes every character that a terminal or a reader could be fooled by; the rest stays as it is. */
export function escapeControls(text: string): string {
  return text.replace(
    UNSAFE,
    (char) => SHORT[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A foreign text as one quoted, escaped and shortened piece of a message: `"1|1|unix|…" (70000 characters)`. */
export function quote(text: string, limit: number = SHOWN): string {
  const cut = text.length > limit ? text.slice(0, limit) : text;
  const quoted = `"${escapeControls(cut.replaceAll('\\', '\\\\').replaceAll('"', '\\"'))}${cut === text ? '' : '…'}"`;
  return cut === text ? quoted : `${quoted} (${text.length} characters)`;
}
