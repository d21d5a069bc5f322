import type { Report, ReportSet } from './document.js';

/** What JSON leaves as it is and a terminal obeys: DEL, C1 controls, format characters such as bidi overrides. */
const UNSAFE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A report as a JSON text that is safe to print, with a line end. */
export function reportToJson(document: Report | ReportSet): string {
  return `${JSON.stringify(document, null, 2).replace(UNSAFE, escaped)}\n`;
}

function escaped(char: string): string {
  return char
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
