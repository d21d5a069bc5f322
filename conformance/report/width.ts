/** Our own colours; foreign text never has any, since its controls are escaped before it is shown. */
// oxlint-disable-next-line no-control-regex
const STYLING = /\u001b\[[\d;]*m/g;

/** East Asian Wide and Fullwidth (UAX #11), and emoji that are pictures by default: two columns each. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

/** Combining marks stand on the character before them. */
const MARK = /\p{M}/u;

/** How many columns of a terminal a text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const char of text.replace(STYLING, '')) columns += MARK.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
  return columns;
}

/** The text, cut to so many columns with `…` at its end. The text has no colours in it. */
export function cutToColumns(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let cut = '';
  let taken = 1;
  for (const char of text) {
    taken += columnsOf(char);
    if (taken > columns) break;
    cut += char;
  }
  return `${cut}…`;
}
