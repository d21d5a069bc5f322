import { columnsOf } from './width.js';

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

/** However narrow the terminal, a text has this many columns. */
const LEAST_WIDTH = 20;

/** `    label     text`, wrapped so that the text keeps its own column. */
export function labelled(label: string, text: string, columns: number, style: Style): string {
  return hanging(label === '' ? '' : style.dim(label), text, {
    indent: INDENT,
    start: label === '' ? INDENT : INDENT + LABEL,
    columns,
  });
}

/** The same on one line, however long: what is meant to be copied must not have line ends in it. */
export function labelledUnbroken(label: string, text: string, style: Style): string {
  return `${' '.repeat(INDENT)}${style.dim(label.padEnd(LABEL))}${text}`;
}

/** Where a text with something in front of it stands, in columns. */
export interface Layout {
  /** Where what is in front begins. */
  readonly indent: number;
  /** Where the text begins, in each of its lines. */
  readonly start: number;
  /** Where lines end. */
  readonly columns: number;
}

/** `front     text`, wrapped so that the text keeps its own column. */
export function hanging(front: string, text: string, { indent, start, columns }: Layout): string {
  const gap = ' '.repeat(Math.max(front === '' ? 0 : 1, start - indent - columnsOf(front)));
  return wrap(text, Math.max(LEAST_WIDTH, columns - start))
    .map((line, index) =>
      index === 0 ? `${' '.repeat(indent)}${front}${gap}${line}` : `${' '.repeat(start)}${line}`,
    )
    .join('\n');
}

/** Breaks a text at spaces; a word that is longer than a line stands alone, unbroken, so that it can be copied. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && columnsOf(line) + 1 + columnsOf(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
