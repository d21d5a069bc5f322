/** A handshake line with one field, counted from 0, changed. */
export function replaceField(line: string, index: number, change: (field: string) => string): string {
  return line
    .split('|')
    .map((field, at) => (at === index ? change(field) : field))
    .join('|');
}
