import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { compileMocks, nodePlugin } from './compiled.util.js';
import { goExample } from '../../harness/test/examples.util.js';
import { hasGo } from '../../harness/test/go.util.js';
import { pidOf, useHosts, watch } from './hosts.util.js';
import type { FolderReport, ReferenceHost } from './index.js';

const hosts = useHosts();
const compiled = compileMocks();
const START = { startTimeoutMs: 3000 };

/** The report with names in place of paths, and with codes in place of errors. */
function brief({ loaded, failed, passedOver }: FolderReport) {
  const name = (file: string): string => file.slice(hosts.folder.length + 1);
  return {
    loaded: loaded.map(({ file, id }) => `${name(file)}: ${id}`),
    failed: failed.map(
      ({ file, error }) => `${name(file)}: ${(error as { code?: string }).code}: ${causeOf(error)}`,
    ),
    passedOver: passedOver.map(({ file }) => name(file)),
  };
}

function causeOf({ cause }: Error): string {
  return (cause as { code?: string } | undefined)?.code ?? 'no cause';
}

let host: ReferenceHost;
beforeEach(async () => {
  host = await hosts.make(START);
});

test('one good plugin among all that can be in a folder is loaded, and the rest is named', async () => {
  hosts.put('good', { text: nodePlugin(compiled, '{}') });
  hosts.put('README.md', { text: '# Plugins\n', mode: 0o644 });
  hosts.put('data', { text: 'no program, but executable' });
  hosts.put('empty', { text: '' });
  mkdirSync(join(hosts.folder, 'folder'));
  symlinkSync('nowhere', join(hosts.folder, 'broken-link'));
  hosts.put('silent', { text: '#!/bin/sh\nexec sleep 600\n' });
  hosts.put('noisy', { text: '#!/bin/sh\necho "Starting…"\nexec sleep 600\n' });
  hosts.put('flood', { text: '#!/bin/sh\nexec cat /dev/zero\n' });
  hosts.put('quick', { text: '#!/bin/sh\nexit 0\n' });
  hosts.put('failing', { text: '#!/bin/sh\necho "This binary is a plugin." >&2\nexit 1\n' });
  hosts.put('nobody-home', { text: '#!/bin/sh\necho "1|1|unix|$TMPDIR/none|netrpc"\nexec sleep 600\n' });
  hosts.put('parent', { text: '#!/bin/sh\nsleep 600 &\nsleep 600 &\nwait\n' });

  const report = await host.loadFolder();
  expect(brief(report)).toEqual({
    loaded: ['good: window-lights'],
    failed: [
      'failing: HOST_START_FAILED: HANDSHAKE_NO_LINE',
      'flood: HOST_START_FAILED: HANDSHAKE_LINE_TOO_LONG',
      'nobody-home: HOST_START_FAILED: CONNECTION_REFUSED',
      'noisy: HOST_START_FAILED: HANDSHAKE_UNRECOGNIZED',
      'parent: HOST_START_FAILED: HANDSHAKE_TIMEOUT',
      'quick: HOST_START_FAILED: HANDSHAKE_NO_LINE',
      'silent: HOST_START_FAILED: HANDSHAKE_TIMEOUT',
    ],
    passedOver: ['README.md', 'broken-link', 'data', 'empty', 'folder'],
  });
  expect(report.failed[0]?.error).toMatchObject({ stderr: 'This binary is a plugin.\n' });
  expect(host.list()).toMatchObject([{ id: 'window-lights', state: 'Running' }]);
});

test('a slow plugin holds up none of the others', async () => {
  hosts.put('a-silent', { text: '#!/bin/sh\nexec sleep 600\n' });
  hosts.put('b-good', { text: nodePlugin(compiled, '{}') });
  const patient = await hosts.make({ startTimeoutMs: 60_000 });
  const changes = watch(patient);
  const report = patient.loadFolder();
  await expect.poll(() => changes.map(({ to }) => to), { timeout: 30_000 }).toEqual(['Running']);
  expect(await patient.call('window-lights', 'GetManifest')).toHaveProperty('Manifest');
  await patient.shutdown();
  expect(brief(await report)).toMatchObject({ failed: ['a-silent: HOST_SHUT_DOWN: no cause'] });
});

test.each([
  [
    'fails',
    "{ contract: (c) => ({ ...c, errorTypes: new Map([['string', STRING]]) }), handlers: { OnLoad: () => ({ Err: new InterfaceValue('string', 'no bridge') }) } }",
    'HOST_ONCE_FAILED',
    /OnLoad .*no bridge/,
  ],
  [
    'answers with an error',
    "{ handlers: { OnLoad: () => { throw new Error('no bridge') } } }",
    'HOST_ONCE_FAILED',
    /no bridge/,
  ],
  [
    'dies',
    '{ handlers: { OnLoad: () => process.exit(3) } }',
    'HOST_START_FAILED',
    /OnLoad .*exited with code 3/,
  ],
  [
    'never answers',
    '{ handlers: { OnLoad: () => new Promise(() => {}) } }',
    'HOST_START_FAILED',
    /OnLoad .*2000 ms/,
  ],
])('a plugin whose OnLoad %s is not loaded', async (_, mock, code, message) => {
  const strict = await hosts.make({ callTimeoutMs: 2000 });
  hosts.put('bad', { text: nodePlugin(compiled, mock) });
  const { loaded, failed } = await strict.loadFolder();
  expect(loaded).toEqual([]);
  expect(failed).toMatchObject([{ error: { code, message: expect.stringMatching(message) } }]);
  expect(strict.list()).toEqual([]);
});

test('a plugin without an id is not loaded', async () => {
  const mock =
    "{ handlers: { GetManifest: () => ({ Manifest: { Id: '', Name: 'x', Author: '', Version: '' } }) } }";
  const path = hosts.put('nameless', { text: nodePlugin(compiled, mock) });
  await expect(host.load(path)).rejects.toMatchObject({ code: 'HOST_BAD_MANIFEST' });
});

test('a folder that is not there is a HostError', async () => {
  await expect(host.loadFolder(join(hosts.folder, 'none'))).rejects.toMatchObject({ code: 'HOST_FOLDER' });
});

describe.skipIf(!hasGo)('Go plugins', () => {
  test('with another cookie, another version or a line too many are refused', async () => {
    for (const name of ['bad/wrong-cookie', 'bad/wrong-version', 'bad/noisy-stdout', 'lamp', 'amazing']) {
      hosts.put(name.replace('bad/', ''), { copyOf: goExample(name) });
    }
    expect(brief(await host.loadFolder())).toEqual({
      loaded: ['amazing: amazing', 'lamp: lamp'],
      failed: [
        'noisy-stdout: HOST_START_FAILED: HANDSHAKE_UNRECOGNIZED',
        'wrong-cookie: HOST_START_FAILED: HANDSHAKE_NO_LINE',
        'wrong-version: HOST_START_FAILED: HANDSHAKE_INCOMPATIBLE_VERSION',
      ],
      passedOver: [],
    });
  });

  test('two with one id: one stays, the other is ended and named', async () => {
    for (const name of ['lamp-1', 'lamp-2', 'amazing']) {
      hosts.put(name, { copyOf: goExample(name.replace(/-\d/, '')) });
    }
    const { loaded, failed } = await host.loadFolder();
    expect(loaded.map(({ id }) => id)).toEqual(['amazing', 'lamp']);
    expect(failed).toMatchObject([{ error: { code: 'HOST_DUPLICATE_ID' } }]);
    expect(new Set([failed[0]?.file, loaded[1]?.file])).toEqual(
      new Set([1, 2].map((n) => join(hosts.folder, `lamp-${n}`))),
    );
    expect(pidOf(host.get('lamp'))).toBe(loaded[1]?.pid);
    expect(await host.call('lamp', 'GetManifest')).toMatchObject({ Manifest: { Id: 'lamp' } });
  });
});
