import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../../run/temp-folder.util.js';
import { MAX_FILES } from './limits.js';
import { readCounterexample, readCounterexamples } from './read.js';
import { call, counterexample } from './sample.util.js';
import { counterexampleName, writeCounterexample } from './write.js';

const temp = tempFolder();

describe('a folder', () => {
  const folder = join(temp, 'a/b');

  test('is made, and has what was written and nothing else', async () => {
    const path = await writeCounterexample(folder, counterexample());
    expect(readdirSync(folder)).toEqual([counterexampleName(counterexample())]);
    expect(path).toBe(join(folder, counterexampleName(counterexample())));
    expect(await readCounterexample(path)).toEqual(counterexample());
  });

  test('does not change when the same is found again, by whatever way', async () => {
    const before = readFileSync(await writeCounterexample(folder, counterexample()), 'utf8');
    const again = counterexample({
      rate: { failed: 1, of: 2 },
      message: 'x',
      origin: { seed: 7, path: '1' },
    });
    expect(readFileSync(await writeCounterexample(folder, again), 'utf8')).toBe(before);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test('has the newer one where the contract is another one', async () => {
    const newer = counterexample({ contract: { name: 'iglu', sha256: 'a'.repeat(64) } });
    expect(await readCounterexample(await writeCounterexample(folder, newer))).toEqual(newer);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test('has the one that is whole where a broken one was', async () => {
    const path = join(folder, counterexampleName(counterexample()));
    writeFileSync(path, '{');
    expect(await readCounterexample(await writeCounterexample(folder, counterexample()))).toEqual(
      counterexample(),
    );
  });
});

test('a name can be read, is a file name whatever the key, and differs by what is done', () => {
  const names = [
    counterexample(),
    counterexample({ key: 'fuzz/laws', law: 'toggle-sets-status' }),
    counterexample({ key: 'fuzz/replies@../../etc/passwd\u202e' }),
    counterexample({
      what: { kind: 'calls', steps: [{ calls: [call('GetDeviceStatus', { UniqueID: 'x' })] }] },
    }),
  ].map(counterexampleName);
  expect(new Set(names).size).toBe(4);
  expect(names[0]).toMatch(/^process-lives@GetDeviceStatus-[0-9a-f]{12}\.json$/);
  for (const name of names) expect(name).toMatch(/^[A-Za-z0-9.@_-]+$/);
});

test('a folder that cannot be made is a typed error', async () => {
  const file = join(temp, 'file');
  writeFileSync(file, '');
  await expect(writeCounterexample(join(file, 'x'), counterexample())).rejects.toMatchObject({
    code: 'COUNTEREXAMPLE_UNWRITABLE',
  });
});

describe('reading a folder', () => {
  test('finds every counterexample by name, and names what is none', async () => {
    const folder = join(temp, 'mixed');
    mkdirSync(join(folder, 'folder.json'), { recursive: true });
    const text = JSON.stringify(counterexample());
    writeFileSync(join(folder, 'b.json'), text);
    writeFileSync(join(folder, 'a.json'), text);
    writeFileSync(join(folder, 'report.json'), '{"kind":"report"}');
    writeFileSync(join(folder, 'notes.txt'), 'nothing');
    execFileSync('mkfifo', [join(folder, 'pipe.json')]);
    const { found, passedOver } = await readCounterexamples(folder);
    expect(found.map(({ path }) => path)).toEqual([join(folder, 'a.json'), join(folder, 'b.json')]);
    expect(passedOver.map((line) => line.replace(folder, ''))).toEqual([
      '/folder.json is not a file.',
      '/pipe.json is not a file.',
      expect.stringContaining('/report.json is not a counterexample'),
    ]);
  });

  test('that is not there finds none', async () => {
    expect(await readCounterexamples(join(temp, 'nowhere'))).toEqual({ found: [], passedOver: [] });
  });

  test('goes to the limit and no further', async () => {
    const folder = join(temp, 'many');
    mkdirSync(folder);
    for (let n = 0; n <= MAX_FILES; n++)
      writeFileSync(join(folder, `${String(n).padStart(4, '0')}.json`), '{}');
    const { found, passedOver } = await readCounterexamples(folder);
    expect([found.length, passedOver.length]).toEqual([0, MAX_FILES + 1]);
    expect(passedOver[0]).toContain(`more than ${MAX_FILES} files`);
  });

  test.each([
    ['that is not there', 'nowhere.json', 'COUNTEREXAMPLE_NOT_FOUND'],
    ['that is a folder', '.', 'COUNTEREXAMPLE_UNREADABLE'],
  ])('a file %s is a typed error', async (_, name, code) => {
    await expect(readCounterexample(join(temp, name))).rejects.toMatchObject({ code });
  });
});
