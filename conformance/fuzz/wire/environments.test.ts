import { describe, expect, it, onTestFinished } from 'vitest';
import { compile } from '../../../harness/test/compiled.util.js';
import { goExample } from '../../../harness/test/examples.util.js';
import { hasGo } from '../../../harness/test/go.util.js';
import type { Subject } from '../../subject/index.js';
import { environmentCases, nearCookies, SINGLE_CASES } from './environment-cases.js';
import { runEnvironmentCase } from './environment-run.js';
import { runEnvironments, type EnvironmentJudge } from './environments.js';
import { DEFAULT_WIRE_OPTIONS } from './wire-options.js';
import { subjectOf } from './wire.util.js';

const PANICS = 'mocks/plugins/zoo/panics-over-version-list.ts';
const compiled = compile('mocks/plugins/demo.ts', PANICS);

const isFailed: EnvironmentJudge = (outcome) => (outcome.kind === 'failed' ? outcome.text : undefined);

async function subject(path: string, contract?: string): Promise<Subject> {
  const made = await subjectOf(path.endsWith('.ts') ? [process.execPath, compiled(path)] : [path], contract);
  onTestFinished(() => made.endPlugins());
  return made;
}

describe('environments', () => {
  it('are the same for the same seed, with every variable among the first', () => {
    expect(environmentCases(1, 24)).toEqual(environmentCases(1, 24));
    expect(environmentCases(2, 24)).not.toEqual(environmentCases(1, 24));
    const names = environmentCases(1, SINGLE_CASES).flatMap(({ env }) => Object.keys(env));
    expect([...new Set(names)].toSorted()).toEqual([
      'PLUGIN_CLIENT_CERT',
      'PLUGIN_MAX_PORT',
      'PLUGIN_MIN_PORT',
      'PLUGIN_MULTIPLEX_GRPC',
      'PLUGIN_PROTOCOL_VERSIONS',
      'PLUGIN_UNIX_SOCKET_DIR',
    ]);
  });

  it('with two variables name two', () => {
    for (const { env, mutations } of environmentCases(1, 24).slice(SINGLE_CASES)) {
      expect(Object.keys(env)).toHaveLength(2);
      expect(mutations).toHaveLength(2);
    }
  });

  it('near the cookie never are the cookie', () => {
    const values = nearCookies('KEY', 'lower').map(({ env }) => env['KEY']);
    expect(values).not.toContain('lower');
    expect(values).toContain('LOWER');
    expect(new Set(values).size).toBe(values.length);
  });
});

describe('a launch', () => {
  it('of our own server ends or shakes hands', async () => {
    const cases = environmentCases(1, SINGLE_CASES);
    const report = await runEnvironments(
      await subject('mocks/plugins/demo.ts'),
      cases,
      cases.length,
      isFailed,
      DEFAULT_WIRE_OPTIONS,
    );
    expect(report).toMatchObject({ finding: undefined, launches: cases.length });
  });

  it.skipIf(!hasGo).each([
    ['lamp', 'iglu'],
    ['greeter-1.4.0/plugin', 'greeter'],
  ])('of stock go-plugin does, too: %s', async (example, contract) => {
    const cases = environmentCases(2, 24);
    const report = await runEnvironments(
      await subject(goExample(example), contract),
      cases,
      cases.length,
      isFailed,
      DEFAULT_WIRE_OPTIONS,
    );
    expect(report).toMatchObject({ finding: undefined, launches: cases.length });
  });

  it('that panics is found, with the one variable that does it', async () => {
    const made = await subject(PANICS);
    const { finding } = await runEnvironments(
      made,
      environmentCases(1, 24),
      SINGLE_CASES,
      isFailed,
      DEFAULT_WIRE_OPTIONS,
    );
    if (!finding) throw new Error('nothing was found');
    expect(Object.keys(finding.environment.env)).toEqual(['PLUGIN_PROTOCOL_VERSIONS']);
    expect(finding.text).toContain('panic: strconv.Atoi');
    expect(await runEnvironmentCase(made, finding.environment)).toMatchObject({ kind: 'failed' });
  });

  it('with a cookie that is nearly right is refused', async () => {
    const made = await subject('mocks/plugins/demo.ts');
    const { magicCookieKey, magicCookieValue } = made.contract.handshake;
    for (const near of nearCookies(magicCookieKey, magicCookieValue).slice(0, 3)) {
      expect(await runEnvironmentCase(made, near)).toEqual({ kind: 'ended', text: 'exit code 1' });
    }
  });
});
