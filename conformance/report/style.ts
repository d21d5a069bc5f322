/** The few ways in which a report sets text off. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
}

const same = (text: string): string => text;

/** No styling at all: for files and for terminals without colour. */
export const PLAIN: Style = { bold: same, dim: same, red: same, yellow: same, green: same };

/** Columns in which labels stand. */
const LABEL = 10;
const INDENT = 4;

/** `    label     text`, wrapped so that the text keeps its own column. */
export function labelled(label: string, text: string, columns: number, style: Style): string {
  const start = INDENT + (label === '' ? 0 : LABEL);
  const lines = wrap(text, Math.max(20, columns - start));
  const pad = ' '.repeat(start);
  const first = label === '' ? pad : `${' '.repeat(INDENT)}${style.dim(label.padEnd(LABEL))}`;
  return lines.map((line, index) => `${index === 0 ? first : pad}${line}`).join('\n');
}

/** Breaks a text at spaces; a word that is longer than a line stands alone, unbroken, so that it can be copied. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
