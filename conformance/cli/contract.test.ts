import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasGo } from '../../harness/test/go.util.js';
import { DEMO, ROOT } from '../run/built.util.js';
import { tempFolder, writeAt } from '../run/temp-folder.util.js';
import { cli, firstLine, judge, selectedKeys } from './cli.util.js';

const folder = tempFolder();
const COOKIE = 'IGLU_PLUGIN=MzlK0OGpIRs';
const contract = JSON.parse(readFileSync(join(ROOT, 'harness/contract/builtin/iglu.json'), 'utf8')) as {
  handshake: object;
};

function contractFile(name: string, contents: unknown): string {
  return writeAt(
    join(folder, name),
    typeof contents === 'string' ? contents : JSON.stringify(contents),
    0o644,
  );
}

describe('a plugin that refuses the cookie', async () => {
  const other = { ...contract, handshake: { ...contract.handshake, magicCookieValue: 'another' } };
  const file = contractFile('other.json', other);
  const { exitCode, stdout, report } = await judge(['--contract', file, '--only', 'launch', '--', ...DEMO]);

  test('is nonconformant; the first line says so and proposes --cookie', () => {
    expect(exitCode).toBe(1);
    expect(report.contract).toMatchObject({ name: 'iglu' });
    expect(firstLine(stdout)).toMatch(/is nonconformant: .*refuses the magic cookie.* --cookie KEY=VALUE/);
  });

  test('is judged by its own', async () => {
    const again = await judge([
      '--contract',
      file,
      '--cookie',
      COOKIE,
      '--only',
      'launch/runs',
      '--only',
      'session/ping',
      '--',
      ...DEMO,
    ]);
    expect(again.exitCode).toBe(0);
    expect(selectedKeys(again.report)).toEqual(['launch/runs', 'session/ping']);
  });
});

describe('--contract none', () => {
  test('needs the cookie, and says where it stands', async () => {
    const { exitCode, stderr } = await judge(['--contract', 'none', '--', ...DEMO]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^iglu-conformance: .*--cookie KEY=VALUE.*HandshakeConfig/);
  });

  test('judges the protocol, and says that it is only that', async () => {
    const { exitCode, stdout, report } = await judge([
      '--contract',
      'none',
      '--cookie',
      COOKIE,
      '--skip',
      'lifecycle',
      '--',
      ...DEMO,
    ]);
    expect(exitCode).toBe(0);
    expect(firstLine(stdout)).toMatch(
      / is conformant in the part that was judged: \d+ checks passed, protocol only$/,
    );
    expect(report).toMatchObject({
      contract: { name: 'none' },
      verdict: 'conformant',
      subject: { transport: 'netrpc' },
    });
    expect(report.checks.filter(({ target }) => target !== null)).toEqual([]);
  });

  test.skipIf(!hasGo)('so a Go plugin of any interface is judged', async () => {
    const lamp = join(ROOT, 'examples/bin/lamp');
    expect(existsSync(lamp), 'run node .ci/build-examples.mjs first').toBe(true);
    const { exitCode, stdout, report } = await judge([lamp, '--contract', 'none', '--cookie', COOKIE]);
    expect(firstLine(stdout)).toMatch(/lamp is conformant: \d+ checks passed, protocol only$/);
    expect(exitCode).toBe(0);
    expect(report.scope.full).toBe(true);
  });
});

test.each([
  ['that is missing', './nowhere.json', /There is no contract \.\/nowhere\.json/],
  ['with a typo in its name', 'iglo', /Did you mean "iglu"\?/],
  ['that is not JSON', contractFile('broken.json', '{'), /broken\.json is not JSON/],
  [
    'with a mistake',
    contractFile('mistake.json', {
      ...contract,
      handshake: { ...contract.handshake, protocolVersions: ['one'] },
    }),
    /has a mistake at \/handshake\/protocolVersions\/0: found "one", expected/,
  ],
])('a contract %s: exit code 2, one line, and a report all the same', async (_, name, line) => {
  const { exitCode, stdout, stderr, report } = await judge(['--contract', name, '--', ...DEMO]);
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(line);
  expect(stderr).toMatch(/^iglu-conformance: [^\n]*\n$/);
  expect(report).toMatchObject({
    verdict: 'inconclusive',
    contract: { name, sha256: null },
    checks: [],
    subject: { command: DEMO },
  });
});

test.each([['K'], ['=V'], ['']])('--cookie %j is no KEY=VALUE', async (word) => {
  const { exitCode, stderr } = await judge(['--cookie', word, '--', ...DEMO]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--cookie wants KEY=VALUE');
});

describe('types', () => {
  test.each(['iglu', join(ROOT, 'examples/contracts/hooks.json')])('of %s are TypeScript', async (name) => {
    const { exitCode, stdout, stderr } = await cli(['types', name]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^export (?:interface|type) /m);
    expect(stdout.endsWith('\n')).toBe(true);
  });

  test('of a contract that there is not: exit code 2', async () => {
    const { exitCode, stdout, stderr } = await cli(['types', './nowhere.json']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^iglu-conformance: There is no contract/);
  });
});
