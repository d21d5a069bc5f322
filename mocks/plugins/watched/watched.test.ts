import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LaunchedPlugin } from '../../../harness/client/index.js';
import { STRING } from '../../../harness/gob/index.js';
import { EVENTUALLY } from '../../../harness/test/eventually.util.js';
import { useWatched, launchWatched, testFolder } from './watched.util.js';
import { writeWatched as writeFromSource } from './write-watched.js';

const watched = useWatched();

test('tells what a host did, in order', async () => {
  const { plugin, path, open, events, told } = await launchWatched(watched(), 'good', {
    env: { SECRET: 'must not be told' },
  });
  const { connection, client } = await open();
  await client.call('OnDeviceToggle', { Id: 'lamp', Status: true });
  await connection.ping();
  await connection.quit();
  await plugin.process.exit;

  const names = (await events()).map(({ event }) => event);
  expect(names).toEqual([
    'launched',
    'handshake',
    'connection',
    'stream',
    'stream',
    'stream',
    'dispense',
    'stream',
    'call',
    'answered',
    'ping',
    'quit',
    'connection-closed',
    'exit',
  ]);
  const [launched] = await told('launched');
  expect(launched).toMatchObject({
    argv: [path],
    cwd: plugin.process.folders.cwd,
    ppid: process.pid,
    cookie: 'right',
    versions: '1',
    multiplex: false,
    autoMtls: false,
    socketDir: false,
    stdin: 'pipe',
  });
  expect(launched?.environment).toEqual(expect.arrayContaining(['IGLU_PLUGIN', 'SECRET']));
  expect(JSON.stringify(await events())).not.toContain('must not be told');
  expect((await told('stream')).map(({ use }) => use)).toEqual(['control', 'stdout', 'stderr', 'brokered']);
  expect(await told('dispense')).toMatchObject([{ connection: 0, name: 'iglu_plugin', known: true }]);
  expect(await told('call')).toMatchObject([
    {
      n: 0,
      plugin: 'iglu_plugin',
      service: 'Plugin',
      method: 'OnDeviceToggle',
      known: true,
      args: { Id: 'lamp', Status: true },
    },
  ]);
  expect(await told('exit')).toMatchObject([{ code: 0 }]);
  const times = (await events()).map(({ uptime }) => uptime);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test('tells of AutoMTLS, of /dev/null as stdin, and of what the host cannot have', async () => {
  const { plugin, open, told } = await launchWatched(watched(), 'good', { autoMtls: true, stdin: 'closed' });
  const { connection, client } = await open();
  await expect(connection.dispense('other')).rejects.toThrow('unknown plugin type: other');
  await expect(client.callRaw('Missing', STRING, '')).rejects.toThrow("can't find method");
  await expect(client.callRaw('GetDeviceStatus', STRING, 'lamp')).rejects.toThrow('cannot be decoded');
  const text = 'x'.repeat(5_000);
  await client.call('GetDeviceStatus', { UniqueID: text });

  expect(await told('launched')).toMatchObject([{ autoMtls: true, stdin: 'null' }]);
  expect(await told('connection')).toMatchObject([{ n: 0, tls: true }]);
  expect((await told('dispense')).map(({ known }) => known)).toEqual([true, false]);
  expect(await told('call')).toMatchObject([
    { n: 0, method: 'Missing', known: false },
    { n: 1, method: 'GetDeviceStatus', known: true, misfit: 'string' },
    { n: 2, method: 'GetDeviceStatus', known: true, cut: true },
  ]);
  expect(plugin.process.exited).toBeUndefined();
});

test.each([
  { cookie: { key: 'IGLU_PLUGIN', value: 'guessed' }, told: 'wrong' },
  { cookie: null, told: 'absent' },
])('refuses a host whose cookie is $told', async ({ cookie, told: kind }) => {
  const { plugin, events } = await launchWatched(watched(), 'good', { cookie });
  expect(await plugin.process.exit).toMatchObject({ code: 1 });
  expect(await events()).toMatchObject([
    { event: 'launched', cookie: kind },
    { event: 'refused' },
    { event: 'exit', code: 1 },
  ]);
});

test.each([
  { name: 'SIGTERM', exit: { code: 143, signal: null }, told: { code: 143 } },
  { name: 'SIGHUP', exit: { code: null, signal: 'SIGHUP' }, told: { code: null, signal: 'SIGHUP' } },
] as const)('tells of $name, and ends of it', async ({ name, exit, told: end }) => {
  const { plugin, told } = await launchWatched(watched(), 'good');
  await plugin.handshake;
  plugin.process.signal('SIGINT');
  await expect.poll(() => told('signal'), EVENTUALLY).toMatchObject([{ name: 'SIGINT' }]);
  plugin.process.signal(name);
  expect(await plugin.process.exit).toMatchObject(exit);
  expect(await told('signal')).toMatchObject([{ name: 'SIGINT' }, { name }]);
  expect(await told('exit')).toMatchObject([end]);
});

test('tells that its host is gone', async () => {
  const { plugin, open, told } = await launchWatched(watched(), 'good');
  const { connection } = await open();
  plugin.process.closeOutput();
  connection.destroy();
  await plugin.process.exit;
  expect(await told('connection-closed')).toMatchObject([{ n: 0, how: 'transport-closed' }]);
  expect(await told('host-gone')).toHaveLength(1);
  expect(await told('quit')).toEqual([]);
});

test('reads one run for each launch, whatever else stands in the file', async () => {
  const file = join(testFolder(), 'record');
  expect(await watched().readRecord(file)).toEqual([]);
  const event = (pid: number, name: string): string =>
    `${JSON.stringify({ pid, event: name, at: 1, uptime: 1 })}\n`;
  writeFileSync(file, event(7, 'launched') + event(8, 'launched') + event(7, 'exit') + event(7, 'launched'));
  appendFileSync(file, '\nnull\n{"event":"ping"}\n{"pid":8,"event":"exi');
  const runs = await watched().readRecord(file);
  expect(runs.map(({ pid, events }) => [pid, ...events.map((each) => each.event)])).toEqual([
    [7, 'launched', 'exit'],
    [8, 'launched'],
    [7, 'launched'],
  ]);
});

test('runs whatever its name, in a folder of modules, for every contract', async () => {
  const folder = testFolder();
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const path = join(folder, 'terraform-provider-a');
  const record = join(folder, 'record');
  await watched().writeWatched({ path, contract: 'greeter', record, behaviour: 'good' });
  const plugin = await LaunchedPlugin.start({ command: [path], cookie: null, versions: [1] });
  onTestFinished(() => plugin.end());
  expect(await plugin.process.exit).toMatchObject({ code: 1 });
  expect(await watched().readRecord(record)).toMatchObject([{ pid: plugin.process.pid }]);
});

test('has the id that it is given', async () => {
  const { open } = await launchWatched(watched(), 'good', { id: 'lights' });
  const { client } = await open();
  const { value } = await client.call('GetManifest');
  expect(value).toMatchObject({ Manifest: { Id: 'lights' } });
});

test('never writes over a file', async () => {
  const path = join(testFolder(), 'plugin');
  writeFileSync(path, 'something');
  const writing = watched().writeWatched({
    path,
    contract: 'iglu',
    record: `${path}.jsonl`,
    behaviour: 'good',
  });
  await expect(writing).rejects.toMatchObject({ code: 'WATCHED_EXISTS' });
  expect(readFileSync(path, 'utf8')).toBe('something');
});

test('refuses a behaviour that there is not, and contracts that it cannot serve', async () => {
  const folder = testFolder();
  const path = join(folder, 'plugin');
  const options = { path, record: join(folder, 'record'), contract: 'iglu', behaviour: 'good' } as const;
  const bad = { ...options, behaviour: 'bad' as 'good' };
  await expect(watched().writeWatched(bad)).rejects.toMatchObject({ code: 'WATCHED_BEHAVIOUR' });
  await expect(watched().writeWatched({ ...options, contract: './none.json' })).rejects.toMatchObject({
    code: 'CONTRACT_NOT_FOUND',
  });
  const grpc = join(folder, 'grpc.json');
  writeFileSync(
    grpc,
    JSON.stringify({
      name: 'grpc',
      handshake: { protocolVersions: [1], magicCookieKey: 'A', magicCookieValue: 'b' },
      plugins: { kv: { transport: 'grpc', services: ['proto.KV'] } },
    }),
  );
  await expect(watched().writeWatched({ ...options, contract: grpc })).rejects.toMatchObject({
    code: 'WATCHED_CONTRACT',
  });
});

test('says so when it is run from TypeScript', async () => {
  const path = join(testFolder(), 'plugin');
  const writing = writeFromSource({ path, contract: 'iglu', record: `${path}.jsonl`, behaviour: 'good' });
  await expect(writing).rejects.toMatchObject({ code: 'WATCHED_NOT_BUILT' });
});
