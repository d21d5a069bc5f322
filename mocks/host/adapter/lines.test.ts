import { expect, test } from 'vitest';
import { LineSplitter, type Line } from './lines.js';

const LIMIT = 8;
const TEXT = 'one\n\nexactly8\nand nine!\r\nlonger than the limit by far\nlast\nunfinished';

function split(text: string, size: number): unknown[] {
  const splitter = new LineSplitter(LIMIT);
  const lines: Line[] = [];
  for (let at = 0; at < text.length; at += size)
    lines.push(...splitter.push(Buffer.from(text.slice(at, at + size))));
  return lines.map((line) => ('bytes' in line ? line.bytes.toString() : line));
}

test('lines are the same, however the bytes come', () => {
  for (let size = 1; size <= TEXT.length; size += 1)
    expect(split(TEXT, size)).toEqual(['one', '', 'exactly8', { tooLong: true }, { tooLong: true }, 'last']);
});
