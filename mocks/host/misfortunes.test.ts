import { beforeEach, describe, expect, test } from 'vitest';
import { processesWith } from '../../harness/launch/test/leftovers.util.js';
import type { Value } from '../../harness/value/index.js';
import { compile } from '../../harness/test/compiled.util.js';
import { nodePlugin } from './compiled.util.js';
import { isAlive, nextCrash, pidOf, useHosts } from './hosts.util.js';
import type { ReferenceHost } from './index.js';

const hosts = useHosts();
const compiled = compile('mocks/host/index.ts', 'mocks/plugins/iglu.ts', 'harness/server/index.ts');
const ID = 'window-lights';
/** So seldom that it is never a ping by which a host notices. */
const SELDOM = { pingIntervalMs: 600_000 };

/** What a plugin does differently, each as JavaScript. */
interface Change {
  readonly before?: string;
  readonly handlers?: string;
  readonly server?: string;
  readonly connection?: string;
}

/** A plugin that knows its `socket`, its `connection`, the `streams` of it and the `address` of its own. */
function put({ before = '', handlers = '', server = '', connection = '' }: Change): string {
  const mock = `{
    handlers: { ${handlers} },
    server: class extends PluginServer {
      onSocket(socket, plugins) { globalThis.socket = socket; super.onSocket(socket, plugins); }
      connection(transport, options) { return (globalThis.connection = new Changed(transport, options)); }
      handshakeLine(version, listener) {
        globalThis.address = listener.address;
        return super.handshakeLine(version, listener);
      }
      ${server}
    },
  }`;
  const text = nodePlugin(compiled, mock).replace(
    'await serveIglu',
    `import { spawn } from 'node:child_process';
import { rmSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { PluginConnection } from '${compiled('harness/server/index.js')}';
const streams = [];
class Changed extends PluginConnection {
  accept(stream, index) { streams[index] = stream; super.accept(stream, index); }
  ${connection}
}
${before}
await serveIglu`,
  );
  return hosts.put('plugin', { text });
}

const toggle = (host: ReferenceHost): Promise<Value> =>
  host.call(ID, 'OnDeviceToggle', { Id: 'window-lamp', Status: true });
const onToggle = (line: string): string => `OnDeviceToggle: () => { ${line}; return { Err: null }; }`;
const soon = (line: string): string => onToggle(`setTimeout(() => { ${line} }, 20)`);

const TCP = {
  before: 'const tcp = createServer(); await new Promise((done) => tcp.listen(0, "127.0.0.1", done));',
  server: `handshakeLine(version, { server }) {
    tcp.on('connection', (socket) => server.emit('connection', socket));
    return '1|' + version + '|tcp|127.0.0.1:' + tcp.address().port + '|netrpc';
  }`,
};

test.each<[string, Change]>([
  ['ends its half of the connection', { handlers: soon('socket.end()') }],
  ['resets its connection', { ...TCP, handlers: soon('socket.resetAndDestroy()') }],
  ['ends the stream of its calls', { handlers: soon('streams[3].end()') }],
  ['ends the stream of its pings', { handlers: soon('streams[0].end()') }],
  ['sends half a frame, and closes', { handlers: soon('socket.end(Buffer.from([0, 0, 0]))') }],
])('a plugin that %s crashes by its connection, and comes back', async (_, change) => {
  const host = await hosts.make(SELDOM);
  const pid = pidOf(await host.load(put(change)));
  const crashed = nextCrash(host);
  expect(await toggle(host)).toEqual({ Err: null });
  expect(await crashed).toMatchObject({ reason: { kind: 'connection' } });
  const again = await host.start(ID);
  expect(again).toMatchObject({ state: 'Running' });
  expect(again.pid).not.toBe(pid);
  expect(isAlive(pid)).toBe(false);
  expect(await host.call(ID, 'GetManifest')).toHaveProperty('Manifest');
});

describe('a plugin that exits', () => {
  test('while a child holds its stdout has crashed, and the child goes too', async () => {
    const host = await hosts.make(SELDOM);
    // Unlike any other, so that it can be found.
    const seconds = `6${process.pid}.${Math.trunc(Math.random() * 1e9)}`;
    const child = `spawn('sleep', ['${seconds}'], { detached: true, stdio: 'inherit', cwd: '/' })`;
    const exit = `${child}.on('spawn', () => process.exit(6))`;
    await host.load(put({ handlers: onToggle(exit), server: 'redirectOutput() {}' }));
    const crashed = nextCrash(host);
    await toggle(host).catch(() => {});
    expect(await crashed).toMatchObject({ reason: { kind: 'exit', code: 6 } });
    await host.stop(ID);
    expect(processesWith(seconds)).toEqual([]);
  });

  test('under a call is started again at once', async () => {
    const host = await hosts.make(SELDOM);
    const { pid } = await host.load(put({ handlers: onToggle('process.exit(6)') }));
    const outcomes = await Promise.allSettled([toggle(host), toggle(host), toggle(host)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    const again = await host.start(ID);
    expect(again.pid).not.toBe(pid);
    expect(await host.call(ID, 'GetManifest')).toHaveProperty('Manifest');
  });
});

test('a plugin whose socket was deleted goes on, and can be reloaded', async () => {
  const host = await hosts.make(SELDOM);
  await host.load(put({ handlers: onToggle('rmSync(address)') }));
  await toggle(host);
  expect(await host.call(ID, 'GetManifest')).toHaveProperty('Manifest');
  expect(await host.reload(ID)).toMatchObject({ state: 'Running' });
});

test('a plugin that floods its pipes and its streams is read, goes on, and costs little', async () => {
  const host = await hosts.make(SELDOM);
  const line = 'x'.repeat(1023);
  const flood = `for (let n = 0; n < 8192; n += 1) { flow('${line}\\n'); process.stderr.write('${line}\\n'); process.stdout.write('${line}\\n'); }`;
  // Whoever reads the other end of a pipe may be slower.
  const before =
    "const flow = (text) => { try { writeSync(2, text); } catch (error) { if (error.code !== 'EAGAIN') throw error; flow(text); } };";
  await host.load(put({ before, handlers: onToggle(flood) }));
  expect(await toggle(host)).toEqual({ Err: null });
  expect(await host.call(ID, 'GetManifest')).toHaveProperty('Manifest');
  expect(host.stderr(ID)).toContain('bytes dropped');
  expect(host.stderr(ID).length).toBeLessThan(256 * 1024);
});

describe('a plugin is not loaded, and nothing of it is left, when it', () => {
  let host: ReferenceHost;
  beforeEach(async () => {
    host = await hosts.make({ callTimeoutMs: 1000 });
  });

  const exit = 'process.exit(4)';
  const manifest = (line: string): Change => ({ handlers: `GetManifest: () => { ${line} }` });
  test.each<[string, Change, RegExp]>([
    [
      'ends after its handshake',
      { server: `announce(line) { writeSync(1, line + '\\n'); ${exit}; }` },
      /exited with code 4/,
    ],
    ['ends when it is connected to', { server: `onSocket() { ${exit}; }` }, /exited with code 4/],
    ['ends when it is dispensed', { connection: `dispense() { ${exit}; }` }, /exited with code 4/],
    [
      'ends after it was dispensed',
      { connection: `accept(stream, index) { if (index < 3) super.accept(stream, index); else ${exit}; }` },
      /exited with code 4/,
    ],
    [
      'is silent after it was dispensed',
      { connection: 'accept(stream, index) { if (index < 3) super.accept(stream, index); }' },
      /iglu_plugin was not dispensed within 1000 ms\.$/,
    ],
    ['is not let in', { connection: "dispense() { throw new Error('not today'); }" }, /not today/],
    ['ends when it is asked for its manifest', manifest(exit), /GetManifest .* code 4/],
    ['never tells its manifest', manifest('return new Promise(() => {})'), /GetManifest .* 1000 ms/],
    ['is busy when it is asked for its manifest', manifest('for (;;) {}'), /GetManifest .* 1000 ms/],
    [
      'stops when it is asked for its manifest',
      manifest("process.kill(process.pid, 'SIGSTOP')"),
      /GetManifest .* 1000 ms/,
    ],
  ])('%s', async (_, change, message) => {
    await expect(host.load(put(change))).rejects.toMatchObject({
      code: 'HOST_START_FAILED',
      message: expect.stringMatching(message),
    });
    expect(processesWith(hosts.folder)).toEqual([]);
    expect(host.list()).toEqual([]);
  });
});
