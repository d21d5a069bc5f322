import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { X509Certificate } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';

import { createCertificate } from '../handshake/index.js';
import { ConnectionError, connectSocket, type SocketOptions } from './index.js';

const PATIENT_MS = 20_000;

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'socket-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function listen(server: Server, where: string | { host: string; port: number }): Promise<Server> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket.on('error', () => {})));
  server.listen(where);
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return server;
}

const dial = (path: string, rest: Partial<SocketOptions> = {}): ReturnType<typeof connectSocket> =>
  connectSocket({ network: 'unix', path }, { timeoutMs: PATIENT_MS, ...rest });

async function refusal(connecting: ReturnType<typeof connectSocket>): Promise<ConnectionError> {
  const outcome = await connecting.catch((error: unknown) => error);
  if (outcome instanceof ConnectionError) return outcome;
  throw new Error(`no ConnectionError: ${String(outcome)}`);
}

const AN_HOUR_MS = 3_600_000;

describe('a unix socket', () => {
  test('that was made after the launch', async () => {
    const path = join(folder(), 's');
    const launched = Date.now();
    await listen(createServer(), path);
    const socket = await dial(path, { notBefore: launched });
    expect(socket.writable).toBe(true);
    socket.destroy();
  });

  test('that was there before is a stranger’s, also when it was renamed and its mode was changed', async () => {
    const path = join(folder(), 's');
    await listen(createServer(), path);
    const launched = Date.now() + AN_HOUR_MS;
    const error = await refusal(dial(path, { notBefore: launched }));
    expect(error).toMatchObject({ code: 'CONNECTION_FOREIGN_SOCKET' });
    expect(error.message).toContain('was there before the plugin was started');
    // Both set the time of the last change of its inode, and so does nothing to the time of its birth.
    const before = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    chmodSync(path, 0o777);
    renameSync(path, `${path}2`);
    const moved = await refusal(dial(`${path}2`, { notBefore: before + 2_400 }));
    expect(moved.code).toBe('CONNECTION_FOREIGN_SOCKET');
  });

  test('behind a symbolic link is none', async () => {
    const path = join(folder(), 's');
    await listen(createServer(), path);
    symlinkSync(path, `${path}-link`);
    const error = await refusal(dial(`${path}-link`, { notBefore: 0 }));
    expect(error.message).toMatch(/^What stands at ".*s-link" is not a socket\.$/);
  });

  test.each<[string, (path: string) => void]>([
    ['a regular file', (path) => writeFileSync(path, '')],
    ['a folder', (path) => mkdirSync(path)],
  ])('is not %s', async (_, make) => {
    const path = join(folder(), 's');
    make(path);
    const error = await refusal(dial(path, { notBefore: 0 }));
    expect(error).toMatchObject({ code: 'CONNECTION_REFUSED' });
    expect(error.message).toContain('is not a socket');
  });

  test('that is not there', async () => {
    for (const rest of [{ notBefore: 0 }, {}]) {
      const error = await refusal(dial(join(folder(), 'no\u001b[31mne'), rest));
      expect(error).toMatchObject({ code: 'CONNECTION_REFUSED', cause: { code: 'ENOENT' } });
      expect(error.message).not.toMatch(/\p{Cc}/u);
    }
  });

  test('that nobody listens on any more', async () => {
    const base = folder();
    const path = join(base, 's');
    const server = await listen(createServer(), path);
    // Node removes the file of a server that is closed, under the name that it knows.
    renameSync(path, `${path}-old`);
    server.close();
    const error = await refusal(dial(`${path}-old`, { notBefore: 0 }));
    expect(error).toMatchObject({ code: 'CONNECTION_REFUSED', cause: { code: 'ECONNREFUSED' } });
  });

  test.runIf(process.platform === 'linux')('in the abstract namespace', async () => {
    const path = `\0iglu-${process.pid}-${Date.now()}`;
    await listen(createServer(), path);
    (await dial(path, { notBefore: Date.now() })).destroy();
    const error = await refusal(dial(`${path}-none`));
    expect(error.message).toMatch(/^Nobody answers at unix @iglu-/);
  });
});

describe('tcp', () => {
  test.each(['127.0.0.1', '::1'])('%s', async (host) => {
    const server = await listen(createServer(), { host, port: 0 });
    const { port } = server.address() as AddressInfo;
    const socket = await connectSocket({ network: 'tcp', host, port }, { timeoutMs: PATIENT_MS });
    expect(socket.writable).toBe(true);
    socket.destroy();
  });

  test('where nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const error = await refusal(
      connectSocket({ network: 'tcp', host: '127.0.0.1', port }, { timeoutMs: PATIENT_MS }),
    );
    expect(error).toMatchObject({ code: 'CONNECTION_REFUSED' });
    expect(error.message).toContain(`Nobody answers at tcp 127.0.0.1:${port}`);
  });
});

describe('TLS', async () => {
  const [host, plugin, stranger] = await Promise.all([
    createCertificate(),
    createCertificate(),
    createCertificate(),
  ]);
  const trusted = new X509Certificate(plugin.certificate).raw;

  async function serve(pair: typeof plugin, rest: object = {}): Promise<string> {
    const path = join(folder(), 's');
    const options = {
      cert: pair.certificate,
      key: pair.privateKey,
      requestCert: true,
      ca: [host.certificate],
    };
    const server = createTlsServer({ ...options, ...rest }, (socket) =>
      socket.on('error', () => {}).end('hello'),
    );
    await listen(server, path);
    return path;
  }

  test('with the certificate of the handshake line', async () => {
    const socket = await dial(await serve(plugin), { tls: { own: host, plugin: trusted } });
    expect(String((await once(socket, 'data'))[0])).toBe('hello');
    socket.destroy();
  });

  test('with another certificate', async () => {
    const error = await refusal(dial(await serve(stranger), { tls: { own: host, plugin: trusted } }));
    expect(error).toMatchObject({ code: 'CONNECTION_TLS' });
    expect(error.message).toMatch(/^TLS with unix .* failed: /);
  });

  test('with another certificate, whatever the environment says', async () => {
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    onTestFinished(() => {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    });
    const error = await refusal(dial(await serve(stranger), { tls: { own: host, plugin: trusted } }));
    expect(error.code).toBe('CONNECTION_TLS');
  });

  test('by a version that is too old', async () => {
    const path = await serve(plugin, {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    expect((await refusal(dial(path, { tls: { own: host, plugin: trusted } }))).code).toBe('CONNECTION_TLS');
  });

  test.each<[string, (socket: Socket) => void]>([
    ['one that speaks none', (socket) => socket.write('hello, who is there?\n')],
    ['one that hangs up', (socket) => socket.destroy()],
  ])('with %s', async (_, answer) => {
    const path = join(folder(), 's');
    await listen(createServer(answer), path);
    expect((await refusal(dial(path, { tls: { own: host, plugin: trusted } }))).code).toBe('CONNECTION_TLS');
  });

  test('with one that says nothing', async () => {
    const path = join(folder(), 's');
    await listen(createServer(), path);
    const error = await refusal(dial(path, { timeoutMs: 200, tls: { own: host, plugin: trusted } }));
    expect(error).toMatchObject({ code: 'CONNECTION_TIMEOUT' });
    expect(error.message).toContain('no answer within 200 ms');
  });
});
