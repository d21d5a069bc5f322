import { describe, expect, test } from 'vitest';

import { goExample } from '../test/examples.util.js';
import { hasGo } from '../test/go.util.js';
import { run, SOON, useRelays, type Outcome } from './relay.util.js';

/** A line of examples/go/internal/session. */
interface Step {
  readonly step: string;
  readonly reply?: unknown;
  readonly error?: string;
}

const relays = useRelays();

/** The Go host, with a temp folder of the test’s own for what it and its plugins leave. */
function host(...args: string[]): Promise<Outcome> {
  return run(goExample('host'), args, { env: { ...process.env, TMPDIR: relays.folder } }).outcome;
}

function stepsOf({ stdout }: Outcome): Step[] {
  const steps = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Step);
  // How long it took is of no interest.
  return steps.map((step) => (step.step === 'Kill' ? { ...step, reply: 'some time' } : step));
}

const named = (steps: readonly Step[], name: string): Step | undefined =>
  steps.find(({ step }) => step === name);

describe.skipIf(!hasGo)('a host with go-plugin’s own client, in front of a Go plugin', () => {
  test.each([
    ['in the clear, over unix', [], 'unix'],
    ['in the clear, over tcp', [], 'tcp'],
    ['with AutoMTLS, over unix', ['-mtls'], 'unix'],
    ['with AutoMTLS, over tcp', ['-mtls'], 'tcp'],
  ] as const)('sees what it sees without the relay: %s', async (_, flags, network) => {
    const lamp = goExample('lamp');
    const relay = await relays.make([lamp]);
    relay.plan({ network });
    const [through, straight] = await Promise.all([
      host(...flags, '-bursts', '8', relay.path),
      host(...flags, '-bursts', '8', lamp),
    ]);
    expect(stepsOf(through)).toEqual(stepsOf(straight));
    expect(named(stepsOf(through), 'exit')).toEqual({ step: 'exit', reply: 'exit status 0' });
    expect([through.code, straight.code]).toEqual([0, 0]);
    await (
      await relay.nextRun(SOON)
    ).exit;
  });

  test.each([
    ['handshake', 'connect', /plugin|handshake|EOF|exited/i],
    ['connection', 'dispense', /EOF|reset|broken|closed|shut down/i],
    ['dispense', 'dispense', /EOF|reset|broken|closed|shut down/i],
  ] as const)('hears of the plugin’s death at the %s in its step %s', async (hold, failed, text) => {
    const relay = await relays.make([goExample('lamp')]);
    relay.plan({ hold });
    const outcome = host('-only', 'OnLoad', relay.path);
    const launched = await relay.nextRun(SOON);
    await launched.held(SOON);
    await launched.fault({ kind: 'signal', signal: 'SIGKILL' });
    const steps = stepsOf(await outcome);
    expect(steps.find(({ error }) => error !== undefined)).toMatchObject({
      step: failed,
      error: expect.stringMatching(text),
    });
    expect(named(steps, 'exit')?.reply).toBe('signal: killed');
    await launched.exit;
  });

  test('has its Quit kept back until it kills the plugin', async () => {
    const relay = await relays.make([goExample('lamp')]);
    relay.plan({ hold: 'quit' });
    const outcome = host('-only', 'GetManifest', relay.path);
    const launched = await relay.nextRun(SOON);
    await launched.held(SOON);
    await launched.fault({ kind: 'close' });
    const steps = stepsOf(await outcome);
    expect(named(steps, 'GetManifest')?.reply).toMatchObject({ Id: 'lamp' });
    // go-plugin kills at once when its Quit comes to nothing (client.go, Kill).
    expect(named(steps, 'exit')?.reply).toBe('signal: killed');
    await launched.exit;
  });

  test.each([
    // Which end of a lost connection a call meets first, its read or its write, is chance.
    ['corrupt', /shut down|EOF|broken pipe/, 'signal: killed'],
    ['close', /shut down|EOF|broken pipe/, 'signal: killed'],
    ['half-close', /shut down|EOF|broken pipe/, 'signal: killed'],
    ['reset', /shut down|EOF|reset|broken pipe/, 'signal: killed'],
    ['endless-reply', /no answer within/, 'exit status 0'],
  ] as const)('%s under 32 calls in flight', async (kind, text, exit) => {
    const relay = await relays.make([goExample('lamp')]);
    relay.plan({ network: kind === 'reset' ? 'tcp' : 'unix' });
    const outcome = host('-bursts', '1000000', '-timeout', '2s', relay.path);
    const launched = await relay.nextRun(SOON);
    await launched.requests('OnDeviceToggle', 100, SOON);
    await launched.holdReplies();
    await launched.fault({ kind });
    const steps = stepsOf(await outcome);
    expect(steps.find(({ error }) => error !== undefined && !error.startsWith('no device'))).toMatchObject({
      step: 'OnDeviceToggle',
      error: expect.stringMatching(text),
    });
    expect(named(steps, 'exit')?.reply).toBe(exit);
  });
});
