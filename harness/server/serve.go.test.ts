import { describe, expect, test } from 'vitest';
import { execa } from 'execa';

import { compile } from '../test/compiled.util.js';
import { goExample } from '../test/examples.util.js';
import { hasGo } from '../test/go.util.js';

/** A line of examples/go/internal/session. */
interface Step {
  readonly step: string;
  readonly args?: unknown;
  readonly reply?: unknown;
  readonly error?: string;
  readonly serverError?: boolean;
}

async function run(
  host: string,
  ...args: string[]
): Promise<{ exitCode: number | undefined; steps: Step[]; log: string }> {
  const { exitCode, stdout, stderr } = await execa(goExample(host), args, { reject: false });
  const steps = stdout.split('\n').map((line) => JSON.parse(line) as Step);
  return { exitCode, steps, log: stderr };
}

describe.skipIf(!hasGo)('a host with go-plugin’s own client', () => {
  const compiled = compile('mocks/plugins/demo.ts', 'examples/typescript/hooks/main.ts');
  const demo = compiled('mocks/plugins/demo.ts');
  const hooks = compiled('examples/typescript/hooks/main.ts');

  describe.each([
    ['in the clear', []],
    ['with AutoMTLS', ['-mtls']],
  ])('%s', (_, flags) => {
    test('loads the bundled plugin, calls all of it, and ends it', async () => {
      const { exitCode, steps } = await run('host', ...flags, '-bursts', '4', demo);
      const named = (name: string): Step[] => steps.filter(({ step }) => step === name);
      expect(named('connect')).toEqual([{ step: 'connect', reply: { protocolVersion: 1 } }]);
      expect(named('GetManifest')).toMatchObject([{ reply: { Id: 'window-lights', Version: 'v1.0.0' } }]);
      expect(named('GetPluginConfiguration')).toMatchObject([{ reply: { length: 4 } }]);
      expect(named('GetWebExtensions')).toMatchObject([{ reply: { length: 2 } }]);
      expect(named('OnLoad')).toEqual([{ step: 'OnLoad' }]);
      expect(named('OnConfigurationUpdate')[0]?.error).toBeUndefined();
      expect(named('GetDeviceStatus').map(({ reply, error }) => reply ?? error)).toEqual([
        true,
        false,
        true,
        false,
        'no device has the id "no-such-device"',
      ]);
      // The last one is the burst.
      expect(named('OnDeviceToggle').at(-1)).toMatchObject({
        args: { inFlight: 32, rounds: 4 },
        reply: 'all answered',
      });
      expect(named('Ping')).toEqual([{ step: 'Ping', reply: 'pong' }]);
      expect(named('exit')).toEqual([{ step: 'exit', reply: 'exit status 0' }]);
      expect(exitCode).toBe(0);
    });

    test('cannot tell the TypeScript hooks from the Go ones, with calls over the broker both ways', async () => {
      const [ts, go] = await Promise.all(
        [hooks, goExample('hooks')].map((plugin) => run('hooks-host', ...flags, '-bursts', '2', plugin)),
      );
      // How long it took is of no interest.
      const comparable = (steps: Step[] = []): Step[] =>
        steps.map((step) => (step.step === 'Kill' ? { ...step, reply: 'some time' } : step));
      expect(comparable(ts?.steps)).toEqual(comparable(go?.steps));
      expect(ts?.steps.filter(({ step }) => /LogLines|SumKeys|CopyKeys|OpenCounter/.test(step)).length).toBe(
        7,
      );
      expect([ts?.exitCode, go?.exitCode]).toEqual([0, 0]);
    });
  });

  test('gets what the plugin prints, on the stream where it was printed, in its order', async () => {
    const { steps } = await run('host', '-only', 'GetManifest', demo);
    expect(steps.at(-1)).toEqual({ step: 'stdout', reply: '' });
  });
});
