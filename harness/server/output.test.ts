import { execa } from 'execa';
import { describe, expect, test } from 'vitest';

import { EVENTUALLY } from '../test/eventually.util.js';

import { INT, STRING, struct } from '../gob/index.js';
import { writeFile } from '../launch/test/programs.util.js';
import { compile } from '../test/compiled.util.js';
import { goExample } from '../test/examples.util.js';
import { hasGo } from '../test/go.util.js';
import { useTestPlugins } from './test-plugins.util.js';

const PRINT_ARGS = struct('PrintArgs', { Out: STRING, Err: STRING });
const MIB = 1024 * 1024;

const plugins = useTestPlugins();
const lines = (name: string): string => Array.from({ length: 1000 }, (_, n) => `${name} ${n}\n`).join('');

describe('what is printed', () => {
  test('before a host is connected waits for it, in its order', async () => {
    const { plugin, connection } = await plugins.open({ env: { TEST_PRINT: '1' } });
    await expect.poll(() => connection.stdout.text(), EVENTUALLY).toBe(lines('out'));
    await expect.poll(() => connection.stderr.text(), EVENTUALLY).toBe(lines('err'));
    // Nothing of it went to the pipes.
    expect(plugin.process.stdout.text()).toBe(`${(await plugin.handshake).line}\n`);
    expect(plugin.process.stderr.text()).toBe('');
  });

  test('goes to the host that connected last; when that is gone, to the one before', async () => {
    const { plugin, connection, client } = await plugins.open();
    const print = (Out: string): Promise<unknown> =>
      client.callRaw('Print', PRINT_ARGS, { Out, Err: `err ${Out}` });
    await print('one\n');
    await expect.poll(() => connection.stdout.text(), EVENTUALLY).toBe('one\n');
    const other = await plugin.connect();
    await other.streamsAccepted(20_000);
    await print('two\n');
    await expect.poll(() => other.stdout.text(), EVENTUALLY).toBe('two\n');
    await expect.poll(() => other.stderr.text(), EVENTUALLY).toBe('err two\n');
    other.destroy();
    await expect
      .poll(async () => {
        await print('three\n');
        return connection.stdout.text();
      }, EVENTUALLY)
      .toMatch(/^one\n(?:three\n)+$/);
  });

  test('in a flood arrives whole when it fits, and memory stays bounded when it does not', async () => {
    const { connection, client } = await plugins.open();
    await client.callRaw('Flood', INT, 8);
    await expect.poll(() => connection.stdout.totalBytes, EVENTUALLY).toBe(8 * MIB);
    // 256 MiB in one turn of the event loop, which nobody could have read.
    const { value: grown } = await client.callRaw('Flood', INT, 256);
    expect(grown).toBeLessThan(128);
    await expect.poll(() => connection.stdout.totalBytes, EVENTUALLY).toBeGreaterThan(8 * MIB + 15 * MIB);
    await client.callRaw('Print', PRINT_ARGS, { Out: 'the end', Err: '' });
    await connection.ping();
  });
});

describe.skipIf(!hasGo)('a Go host', () => {
  const compiled = compile('mocks/plugins/iglu.ts')('mocks/plugins/iglu.ts');

  test('gets what is printed in a call, and what was printed before it came', async () => {
    const program = writeFile(`#!/bin/sh
exec ${process.execPath} --input-type=module -e '
import { serveIglu } from "${compiled}";
const OnLoad = () => { console.log("loaded"); console.error("not an error"); return { Err: null }; };
await serveIglu({ handlers: { OnLoad } });
console.log("serving");
'
`);
    const host = await execa(goExample('host'), ['-only', 'OnLoad', program], { reject: false });
    expect(JSON.parse(host.stdout.split('\n').at(-1) ?? '')).toEqual({
      step: 'stdout',
      reply: 'serving\nloaded\n',
    });
    expect(host.exitCode).toBe(0);
  });
});
