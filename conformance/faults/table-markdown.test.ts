import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { faultTable } from './table-markdown.js';

const DOC = new URL('../../docs/faults.md', import.meta.url);

test('docs/faults.md has the table as the data has it', async () => {
  const doc = await readFile(DOC, 'utf8');
  const [, inDoc] = /<!-- table -->\n([^]*?)\n<!-- \/table -->/.exec(doc) ?? [];
  const config = await resolveConfig(DOC);
  expect(inDoc?.trim()).toBe((await format(faultTable(), { ...config, parser: 'markdown' })).trim());
});
