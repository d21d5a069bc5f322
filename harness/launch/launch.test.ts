import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { expect, test } from 'vitest';

import { launchProcess, LaunchError } from './index.js';
import { until } from './test/leftovers.util.js';
import { launch, launchNode, launchShell, writeFile } from './test/programs.util.js';

test.each([
  ['exit 0', { code: 0, signal: null }],
  ['exit 17', { code: 17, signal: null }],
  ['kill -KILL $$', { code: null, signal: 'SIGKILL' }],
  ['kill -TERM $$', { code: null, signal: 'SIGTERM' }],
])('%s', async (lines, expected) => {
  const running = await launchShell(lines);
  expect(await running.exit).toMatchObject(expected);
  expect(running.exited).toBe(await running.exit);
  expect(running.exited?.at).toBeGreaterThanOrEqual(running.startedAt);
  expect(running.signal('SIGTERM')).toBe(false);
});

test('stdout and stderr are kept apart and complete', async () => {
  const running = await launchShell('printf one; printf two >&2; printf "three\\nfo"');
  await running.outputClosed;
  expect(running.stdout.text()).toBe('onethree\nfo');
  expect(running.stderr.text()).toBe('two');
  expect(running.stdout).toMatchObject({ totalBytes: 11, longestLine: 8, ended: true });
});

test('a listener that comes late gets every byte from the first one on', async () => {
  const running = await launchShell('echo early; read line; echo late');
  await until(() => running.stdout.totalBytes > 0);
  const seen: [string, number][] = [];
  running.stdout.onChunk((chunk, offset) => seen.push([chunk.toString(), offset]));
  await until(() => seen.length > 0);
  expect(seen).toEqual([['early\n', 0]]);
});

test('stdout and stderr are pipes, which can be opened by name, as under a go-plugin host', async () => {
  const running = await launchNode(
    `const fs = require('fs'); fs.writeFileSync('/dev/stderr', String(fs.fstatSync(1).isFIFO()))`,
  );
  await running.outputClosed;
  expect(running.stderr.text()).toBe('true');
});

test.each([
  ['newlines', `'x'.repeat(99) + '\\n'`, 100, 99],
  ['no newlines', `'x'.repeat(100)`, 100, 50_000_000],
])('a flood of stdout with %s is drained and dropped', async (_, line, length, longestLine) => {
  const count = 50_000_000 / length / 1000;
  const running = await launchNode(
    `const line = (${line}).repeat(1000); for (let i = 0; i < ${count}; i++) require('fs').writeSync(1, line)`,
    { keep: { head: 1000, tail: 500 } },
  );
  await running.outputClosed;
  expect(await running.exit).toMatchObject({ code: 0 });
  expect(running.stdout).toMatchObject({ totalBytes: 50_000_000, longestLine });
  expect(running.stdout.head()).toHaveLength(1000);
  expect(running.stdout.tail()).toHaveLength(500);
  expect(running.stdout.text()).toContain('\n[… 49998500 bytes dropped …]\n');
});

test('exit does not wait for a grandchild that holds the output, outputClosed does', async () => {
  const running = await launchShell('sleep 1234 & echo $!');
  expect(await running.exit).toMatchObject({ code: 0 });
  expect(running.stdout.ended).toBe(false);
  process.kill(Number(running.stdout.text()), 'SIGKILL');
  await running.outputClosed;
  expect(running.stdout.ended).toBe(true);
});

test('closeOutput breaks the pipes as the death of a host does', async () => {
  const running = await launchShell('echo up; while echo more; do sleep 0.01; done; exit 5', {});
  await until(() => running.stdout.totalBytes > 0);
  running.closeOutput();
  await running.outputClosed;
  expect(await running.exit).toMatchObject({ code: null, signal: 'SIGPIPE' });
});

test('signal reaches the process alone', async () => {
  const running = await launchShell(`
    sh -c 'trap "echo child got it" USR1; echo ready; until test -e go; do sleep 0.01; done; echo child done' &
    trap 'echo got it; touch go; wait; exit 9' USR1
    wait`);
  await until(() => running.stdout.text().includes('ready'));
  expect(running.signal('SIGUSR1')).toBe(true);
  expect(await running.exit).toMatchObject({ code: 9 });
  expect(running.stdout.text()).toBe('ready\ngot it\nchild done\n');
});

test('stdin is open and silent, or at its end', async () => {
  const tell = `process.stdin.on('data', () => {}).on('end', () => process.exit(4)); process.on('SIGUSR1', () => process.exit(5)); console.log('up')`;
  const closed = await launchNode(tell, { stdin: 'closed' });
  expect(await closed.exit).toMatchObject({ code: 4 });
  const open = await launchNode(tell, { stdin: 'open' });
  await until(() => open.stdout.totalBytes > 0);
  open.signal('SIGUSR1');
  expect(await open.exit).toMatchObject({ code: 5 });
});

test('what is written to its input arrives, a megabyte of it too, and its end with it', async () => {
  const count = `let n = 0; process.stdin.on('data', (chunk) => (n += chunk.length)).on('end', () => { console.log(n); process.exit(0); });`;
  const process = await launchNode(count);
  process.input.write(Buffer.alloc(1 << 20, 'x'));
  process.input.end('end');
  expect((await process.exit).code).toBe(0);
  await process.outputClosed;
  expect(process.stdout.text()).toBe(`${(1 << 20) + 3}\n`);
});

test('the process leads a group and a session of its own', async () => {
  const running = await launchShell('ps -o pgid= -o sid= -p $$');
  await running.outputClosed;
  expect(running.stdout.text().trim().split(/\s+/).map(Number)).toEqual([running.pid, running.pid]);
});

test('a relative path is taken from our cwd, and a bare name from PATH', async () => {
  const path = writeFile('#!/bin/sh\necho $0; pwd');
  const running = await launch([relative(process.cwd(), path)]);
  await running.outputClosed;
  expect(running.stdout.text()).toBe(`${path}\n${running.folders.cwd}\n`);
  const named = await launch(['sh', '-c', 'echo $0']);
  await named.outputClosed;
  expect(named.stdout.text()).toBe('sh\n');
});

test('TMPDIR is short, or as long as asked for', async () => {
  const short = await launchShell('echo "$TMPDIR"');
  await short.outputClosed;
  expect(short.stdout.text().trim()).toBe(short.folders.tmp);
  expect(short.folders.tmp.length).toBeLessThan(60);

  const long = await launchShell('cd "$TMPDIR" && touch here', { tmpdir: { minPathLength: 400 } });
  await long.exit;
  expect(long.folders.tmp.length).toBeGreaterThanOrEqual(400);
  expect(await long.filesLeft()).toEqual([{ folder: 'tmp', path: 'here', kind: 'file' }]);
  await expect(launchShell('', { tmpdir: { minPathLength: 4000 } })).rejects.toThrow('more than 3500');
});

test.each([
  ['LAUNCH_NOT_FOUND', 'does not exist', () => '/nowhere/plugin'],
  ['LAUNCH_NOT_FOUND', 'on none of the folders of PATH', () => 'no-such-plugin-anywhere'],
  ['LAUNCH_NOT_EXECUTABLE', 'chmod +x', () => writeFile('#!/bin/sh\n', 0o644)],
  ['LAUNCH_NOT_EXECUTABLE', 'is a directory', () => dirname(writeFile(''))],
  ['LAUNCH_NOT_EXECUTABLE', 'is a device', () => '/dev/null'],
  ['LAUNCH_FORMAT', 'without a shell', () => writeFile('echo a shell would run me\n')],
  ['LAUNCH_FORMAT', 'is empty', () => writeFile('')],
  ['LAUNCH_FORMAT', '/no/such/interpreter', () => writeFile('#!/no/such/interpreter\n')],
])('%s: %s', async (code, message, path) => {
  const failure = await launchProcess({ command: [path()] }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(LaunchError);
  expect(failure).toMatchObject({ code, name: 'LaunchError' });
  expect(String(failure)).toContain(message);
});

test('what the operating system refuses is LAUNCH_FAILED, with its error as the cause', async () => {
  const tooLong = 'x'.repeat(4_000_000);
  await expect(launchProcess({ command: ['/bin/sh', '-c', tooLong] })).rejects.toMatchObject({
    code: 'LAUNCH_FAILED',
    cause: { code: 'E2BIG' },
  });
  await expect(launchProcess({ command: ['/bin/sh', 'a\0b'] })).rejects.toMatchObject({
    code: 'LAUNCH_FAILED',
  });
});

test("without mkfifo, Node's own pipes do", async () => {
  const { env } = process;
  process.env = { ...env, PATH: '/nowhere' };
  try {
    const running = await launch(['/bin/sh', '-c', 'echo out; echo err >&2; read line; exit 3']);
    await until(() => running.stderr.totalBytes > 0);
    expect([running.stdout.text(), running.stderr.text()]).toEqual(['out\n', 'err\n']);
    expect(running.exited).toBe(undefined);
    running.closeOutput();
    await running.outputClosed;
    await running.end();
    expect(running.exited).toMatchObject({ signal: 'SIGKILL' });
  } finally {
    process.env = env;
  }
});

test('filesLeft tells what is there, and follows no link', async () => {
  const running = await launchNode(`
    const fs = require('fs'), { join } = require('path'), tmp = process.env.TMPDIR;
    require('net').createServer().listen(join(tmp, 'socket'), () => {
      fs.mkdirSync(join(tmp, 'a/b'), { recursive: true });
      fs.writeFileSync(join(tmp, 'a/b/file'), '');
      fs.symlinkSync('/', join(tmp, 'root'));
      fs.writeFileSync('in-cwd', '');
      require('child_process').execFileSync('mkfifo', [join(process.env.HOME, 'fifo')]);
      console.log('up');
    });`);
  await until(() => running.stdout.totalBytes > 0);
  const left = await running.filesLeft();
  expect(left.toSorted((a, b) => a.path.localeCompare(b.path))).toEqual([
    { folder: 'tmp', path: 'a', kind: 'dir' },
    { folder: 'tmp', path: 'a/b', kind: 'dir' },
    { folder: 'tmp', path: 'a/b/file', kind: 'file' },
    { folder: 'home', path: 'fifo', kind: 'fifo' },
    { folder: 'cwd', path: 'in-cwd', kind: 'file' },
    { folder: 'tmp', path: 'root', kind: 'symlink' },
    { folder: 'tmp', path: 'socket', kind: 'socket' },
  ]);
});

test('filesLeft lists a bounded number of entries', async () => {
  const running = await launchShell('exit 0');
  await running.exit;
  for (let at = 0; at < 1100; at += 1) writeFileSync(join(running.folders.tmp, `${at}`), '');
  expect(await running.filesLeft()).toHaveLength(1000);
});

test('the folders are removed, and what a link in them leads to is not', async () => {
  const precious = writeFile('precious');
  const running = await launchShell('exit 0');
  await running.exit;
  symlinkSync(dirname(precious), join(running.folders.tmp, 'link'));
  mkdirSync(join(running.folders.cwd, 'deep/deeper'), { recursive: true });
  expect(await running.end()).toEqual({ killed: [], survivors: [] });
  expect(existsSync(running.folders.root)).toBe(false);
  expect(existsSync(precious)).toBe(true);
});
