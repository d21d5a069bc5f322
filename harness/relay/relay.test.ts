import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { processesWith, until } from '../launch/test/leftovers.util.js';
import { goExample } from '../test/examples.util.js';
import { hasGo } from '../test/go.util.js';
import { dial, ECHO, failureOf, readAll, run, SOON, useRelays, type Relayed } from './relay.util.js';

const relays = useRelays('mocks/plugins/demo.ts');
const MIB = 1024 * 1024;

const echo = (): Promise<Relayed> => relays.launch([relays.program(ECHO)]);

async function socketOf({ plugin }: Relayed): Promise<string> {
  const { address } = await plugin.handshake;
  if (address.network !== 'unix') throw new Error('not a unix socket');
  return address.path;
}

const PLUGINS: [string, () => string][] = [
  ['the TypeScript demo', () => relays.compiled('mocks/plugins/demo.ts')],
];
if (hasGo) PLUGINS.push(['a Go plugin', () => goExample('lamp')]);

describe.each(PLUGINS)('in front of %s', (_, command) => {
  test.each(['unix', 'tcp'] as const)('over %s: all that a host does', async (network) => {
    const { plugin, run: launched, connection, client } = await relays.call([command()], { network });
    expect(launched.pid).toBe(plugin.process.pid);
    expect(launched.pluginPid).not.toBe(launched.pid);
    const { address, certificate } = await plugin.handshake;
    expect({ network: address.network, certificate }).toEqual({ network, certificate: null });
    const second = await plugin.connect();
    const clients = [client, await second.dispense('iglu_plugin')];
    const answers = await Promise.allSettled(
      Array.from({ length: 64 }, (_, n) =>
        (clients[n % 2] ?? client).call('GetDeviceStatus', { UniqueID: `none-${n}` }),
      ),
    );
    const texts = answers.map((answer) => answer.status === 'rejected' && (answer.reason as Error).message);
    expect(
      texts.map((text, n) => String(text).includes(`none-${n}\\"`) || String(text).includes(`none-${n}"`)),
    ).not.toContain(false);
    await second.close();
    await connection.ping();
    await connection.quit().catch(() => {});
    expect(await plugin.process.exit).toMatchObject({ code: 0, signal: null });
    await launched.exit;
    expect(address.network === 'unix' && existsSync(address.path)).toBe(false);
    expect(plugin.process.stderr.text()).toMatch(/"@level":/);
  });

  test('with AutoMTLS', async () => {
    const { plugin, run: launched } = await relays.launch([command()], {}, { autoMtls: true });
    const connection = await plugin.connect();
    await connection.ping();
    await launched.holdReplies();
    const answer = connection.ping();
    await expect(launched.requests('GetManifest', 1, 50)).rejects.toMatchObject({ code: 'RELAY_TIMEOUT' });
    await launched.release();
    await answer;
  });
});

describe('what the host gives and gets', () => {
  test('environment, arguments, stdin, stdout and stderr are the plugin’s', async () => {
    const program = relays.program(`
      const { readFileSync } = process.getBuiltinModule('node:fs');
      const input = readFileSync(0, 'utf8');
      console.error(JSON.stringify({ env: process.env, argv: process.argv.slice(2), cwd: process.cwd(), input }));
      process.stdout.write('no handshake\\n1|1|unix|/tmp/x|netrpc\\nno end');
      process.exitCode = 7;`);
    const relay = await relays.make([program, 'own']);
    const seen = async (path: string, ...args: string[]): Promise<unknown> => {
      const env = { TMPDIR: relays.folder, PATH: process.env['PATH'], 'A-b': ' ü\n ' };
      const { child, outcome } = run(path, args, { env, cwd: relays.folder });
      child.stdin.end('some input');
      const { stderr, ...rest } = await outcome;
      return { ...rest, said: JSON.parse(stderr) as unknown };
    };
    expect(await seen(relay.path, 'of the host')).toEqual(await seen(program, 'own', 'of the host'));
  });

  test('only the address of the handshake is another one', async () => {
    const lines = [
      '1|5|unix|/nowhere/x|grpc|abc|true|more',
      '1|0|tcp|127.0.0.1:9\r',
      '1|1|tcp|[::1]:9|netrpc',
    ];
    for (const line of lines) {
      const program = relays.program(
        `console.log(${JSON.stringify(line)}); console.log('later'); setTimeout(() => {}, 60);`,
      );
      const relay = await relays.make([program]);
      const env = { PLUGIN_UNIX_SOCKET_DIR: relays.folder };
      const { stdout } = await run(relay.path, [], { env }).outcome;
      const [core, version, , address = '', ...rest] = line.split('|');
      const [first = '', ...others] = stdout.split('\n');
      const ours = first.split('|');
      expect([ours[0], ours[1], ...ours.slice(4)]).toEqual([core, version, ...rest]);
      expect(ours[2]).toBe('unix');
      expect(ours[3]).toMatch(/^\/.*\/plugin[\da-f]{10}\r?$/);
      expect(ours[3]?.startsWith(relays.folder)).toBe(true);
      expect(ours[3]?.endsWith('\r')).toBe(address.endsWith('\r'));
      expect(others).toEqual(['later', '']);
    }
  });

  test('64 MiB, there and back, over several connections, in little memory', async () => {
    const relayed = await echo();
    const sockets = await Promise.all([dial(relayed), dial(relayed)]);
    const block = Buffer.alloc(MIB, 'abcdefg');
    await Promise.all(
      sockets.map(async (socket) => {
        let bytes = 0;
        socket.on('data', (chunk: Buffer) => (bytes += chunk.length));
        for (let n = 0; n < 32; n++) if (!socket.write(block)) await once(socket, 'drain');
        socket.end();
        await once(socket, 'end');
        expect(bytes).toBe(32 * MIB);
      }),
    );
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${relayed.run.pid}/status`, 'utf8'))?.[1];
    expect(Number(peak)).toBeLessThan(160 * 1024);
  });

  test('a plugin that does not read is not read for', async () => {
    const relayed = await echo();
    const socket = await dial(relayed);
    socket.write('wait');
    await until(() => socket.writableLength === 0);
    const block = Buffer.alloc(MIB);
    // The kernel's buffers of two connections, and 64 KiB, take some of it.
    for (let n = 0; n < 16; n++) socket.write(block);
    const other = await dial(relayed);
    other.end('hello');
    expect(await readAll(other)).toBe('hello');
    expect(socket.writableLength).toBeGreaterThan(8 * MIB);
    socket.destroy();
  });

  test('half a close goes through, either way', async () => {
    const relayed = await echo();
    const socket = await dial(relayed);
    socket.end('some words');
    expect(await readAll(socket)).toBe('some words');
  });
});

describe('the plugin’s end', () => {
  test.each([
    'exit 0',
    'exit 1',
    'exit 3',
    'die SIGTERM',
    'die SIGKILL',
    'die SIGSEGV',
    'die SIGPIPE',
    'die SIGABRT',
  ])('%s is the relay’s, after the last word', async (word) => {
    const relayed = await echo();
    const socket = await dial(relayed);
    const path = await socketOf(relayed);
    socket.write(word);
    expect(await readAll(socket)).toBe('good bye');
    const [kind, value] = word.split(' ');
    expect(await relayed.plugin.process.exit).toMatchObject(
      kind === 'exit' ? { code: Number(value), signal: null } : { code: null, signal: value },
    );
    expect(existsSync(path)).toBe(false);
    await relayed.run.exit;
    socket.destroy();
  });

  test('a signal to the relay is the plugin’s to act on', async () => {
    const relayed = await relays.launch([
      relays.program(`process.on('SIGINT', () => console.error('not I')); ${ECHO}`),
    ]);
    const socket = await dial(relayed);
    relayed.plugin.process.signal('SIGINT');
    await until(() => relayed.plugin.process.stderr.text() === 'not I\n');
    socket.end('still here');
    expect(await readAll(socket)).toBe('still here');
    relayed.plugin.process.signal('SIGTERM');
    expect(await relayed.plugin.process.exit).toMatchObject({ code: null, signal: 'SIGTERM' });
  });

  test.each([
    ['relay', (pid: number) => process.kill(pid, 'SIGKILL')],
    ['relay’s process group', (pid: number) => process.kill(-pid, 'SIGKILL')],
  ])('comes when the %s is killed, with all that it started', async (_, kill) => {
    const program = relays.program(
      `process.getBuiltinModule('node:child_process').spawn('sleep', ['98765'], { stdio: 'inherit' }); ${ECHO}`,
    );
    const relayed = await relays.launch([program]);
    const path = await socketOf(relayed);
    expect(statSync(path).isSocket()).toBe(true);
    kill(relayed.run.pid);
    await relayed.run.exit;
    expect(existsSync(path)).toBe(false);
    // The child holds them open.
    await relayed.plugin.process.outputClosed;
    await until(() => processesWith(program).length === 0);
    await expect(relayed.run.holdReplies()).rejects.toMatchObject({ code: 'RELAY_GONE' });
  });
});

describe('the driver', () => {
  test('gives launches in their order, each with the plan of its time', async () => {
    const relay = await relays.make([relays.program(ECHO)]);
    await expect(relay.nextRun(10)).rejects.toMatchObject({ code: 'RELAY_TIMEOUT' });
    const first = relay.nextRun(SOON);
    const second = relay.nextRun(SOON);
    const env = { TMPDIR: relays.folder };
    const one = run(relay.path, [], { env });
    await first;
    relay.plan({ network: 'tcp' });
    const two = run(relay.path, [], { env });
    expect([(await first).pid, (await second).pid]).toEqual([one.child.pid, two.child.pid]);
    await expect((await first).held(SOON)).rejects.toMatchObject({ code: 'RELAY_FAULT' });
    await Promise.all([one.printed, two.printed]);
    await relay.close();
    expect(await Promise.all([one.outcome, two.outcome])).toMatchObject([
      { signal: 'SIGKILL' },
      { signal: 'SIGKILL', stdout: expect.stringMatching(/^1\|1\|tcp\|127\.0\.0\.1:/) },
    ]);
    await expect(relay.nextRun(SOON)).rejects.toMatchObject({ code: 'RELAY_CLOSED' });
    await relay.close();
  });

  test('is told when the plugin cannot be started, and the host too', async () => {
    const relay = await relays.make(['/no/such/plugin']);
    const launch = relay.nextRun(SOON);
    const failure = failureOf(launch);
    expect(await run(relay.path).outcome).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^relay: .*ENOENT/),
    });
    expect(await failure).toMatchObject({
      code: 'RELAY_LAUNCH',
      message: expect.stringContaining('ENOENT'),
    });
  });

  test('is told when the relay has no place to listen', async () => {
    const relay = await relays.make([relays.program(ECHO)]);
    const failure = failureOf(relay.nextRun(SOON));
    const env = { PLUGIN_UNIX_SOCKET_DIR: join(relays.folder, 'deep'.repeat(25)) };
    const { code, stderr } = await run(relay.path, [], { env }).outcome;
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('is TMPDIR too deep?') });
    expect(await failure).toMatchObject({ code: 'RELAY_LAUNCH' });
  });

  test('hears of an end by the containment of harness/launch, which finds all of a relay', async () => {
    const relayed = await echo();
    const { killed, survivors } = await relayed.plugin.process.end();
    const { pid, pluginPid, exit } = relayed.run;
    expect(killed.map((process) => process.pid)).toEqual(expect.arrayContaining([pid, pluginPid]));
    // The third is the guard.
    expect({ killed: killed.length, survivors }).toEqual({ killed: 3, survivors: [] });
    await exit;
  });

  test('does not write over a file', async () => {
    const program = relays.program('the author’s own');
    const made = relays.make([program], program);
    await expect(made).rejects.toMatchObject({
      code: 'RELAY_CREATE',
      message: expect.stringContaining('EEXIST'),
    });
    expect(readFileSync(program, 'utf8')).toContain('the author’s own');
  });

  test('that dies takes everything with it', async () => {
    const relay = relays.compiled('harness/relay/index.ts');
    const path = `${relays.folder}/relay-of-another`;
    const driver = relays.program(`
      import('${relay}').then(async ({ Relay }) => {
        const relay = await Relay.create({ path: '${path}', command: ['${relays.program(ECHO)}'] });
        const { spawn } = process.getBuiltinModule('node:child_process');
        const run = spawn(relay.path, [], { stdio: ['pipe', 'pipe', 'ignore'] });
        await relay.nextRun(20000);
        run.stdout.once('data', () => console.log('ready'));
      });`);
    const { child, printed, outcome } = run(driver, [], { env: { ...process.env, TMPDIR: relays.folder } });
    await printed;
    child.kill('SIGKILL');
    await outcome;
    await until(() => processesWith(relays.folder).length === 0);
    const left = readdirSync(relays.folder).filter((name) => !name.startsWith('program'));
    // What nobody could remove any more: the driver's, and what a plugin leaves that is killed.
    const kinds = left.map((name) => name.replace(/\d+$|-\w{6}$/, '')).sort();
    for (const name of left) rmSync(`${relays.folder}/${name}`, { recursive: true });
    expect(kinds).toEqual(['echo', 'relay', 'relay-of-another']);
  });
});
