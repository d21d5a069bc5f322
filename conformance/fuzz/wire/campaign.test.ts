import { connect } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Decoder } from '../../../harness/gob/index.js';
import { compile } from '../../../harness/test/compiled.util.js';
import { goExample } from '../../../harness/test/examples.util.js';
import { hasGo } from '../../../harness/test/go.util.js';
import { textOf } from '../../../harness/netrpc/index.js';
import type { ValueStruct } from '../../../harness/value/index.js';
import { FrameDecoder, FRAME_TYPE } from '../../../harness/yamux/index.js';
import type { Subject } from '../../subject/index.js';
import { buildCase } from './build-case.js';
import { runWire, runWireCase } from './campaign.js';
import type { Layer } from './mutation.js';
import { play } from './play.js';
import { Seat } from './seat.js';
import { subjectOf } from './wire.util.js';

const FAULTS = [
  ['dies-of-unknown-gob-type', 'gob', 'died'],
  ['dies-of-method-without-dot', 'rpc', 'died'],
  ['dies-of-unknown-frame-type', 'yamux', 'died'],
  ['deaf-after-window-overflow', 'yamux', 'unreachable'],
] as const;

const compiled = compile(
  'mocks/plugins/demo.ts',
  ...FAULTS.map(([fault]) => `mocks/plugins/zoo/${fault}.ts`),
);
const LAYERS: readonly Layer[] = ['gob', 'rpc', 'yamux'];

async function subject(path: string, contract?: string): Promise<Subject> {
  const made = await subjectOf(path.endsWith('.ts') ? [process.execPath, compiled(path)] : [path], contract);
  onTestFinished(() => made.endPlugins());
  return made;
}

/** Sends the recorded conversation as it is, and reads the answers: a Response, and what follows it, on each stream. */
async function answersTo(made: Subject): Promise<string[]> {
  const seat = await Seat.take(made);
  const honest = buildCase('gob', await seat.record(), { mutations: [], ending: 'hold' });
  const { address } = await seat.plugin.handshake;
  if (address.network !== 'unix') throw new Error('not a unix socket');
  const socket = connect(address.path);
  await once(socket, 'connect');
  const frames = new FrameDecoder();
  const streams = new Map<number, Decoder>();
  const answers: string[] = [];
  socket.on('data', (chunk: Buffer) => {
    frames.push(chunk, ({ type, streamId }, payload) => {
      if (type !== FRAME_TYPE.data || streamId === 3 || streamId === 5) return;
      const isBroker = streamId > 5 && !streams.has(streamId);
      const decoder = streams.get(streamId) ?? new Decoder();
      streams.set(streamId, decoder);
      for (const decoded of decoder.push(isBroker ? payload.subarray(4) : payload)) {
        if (decoded.type.kind === 'struct' && decoded.type.name === 'Response') {
          answers.push(`${streamId} ${textOf((decoded.value as ValueStruct)['ServiceMethod'])}`);
        }
      }
    });
  });
  await play(socket, honest, { answerMs: 5_000, lingerMs: 500 });
  socket.destroy();
  await seat.leave();
  return answers.toSorted();
}

const ANSWERS = [
  '1 Control.Ping',
  '1 Control.Ping',
  '1 Dispenser.Dispense',
  '7 Plugin.GetManifest',
  '7 Plugin.GetManifest',
  '7 Plugin.IgluConformanceNoSuchMethod',
];

describe('the conversation without a mutation', () => {
  it('is answered in full by our own server', async () => {
    expect(await answersTo(await subject('mocks/plugins/demo.ts'))).toEqual(ANSWERS);
  });

  it.skipIf(!hasGo)('is answered in full by go-plugin', async () => {
    expect(await answersTo(await subject(goExample('lamp')))).toEqual(ANSWERS);
  });
});

describe('what a good plugin withstands', () => {
  it.each(LAYERS)('%s, our own server', async (layer) => {
    const report = await runWire(await subject('mocks/plugins/demo.ts'), layer);
    expect(report.finding).toBeUndefined();
  });

  it
    .skipIf(!hasGo)
    .each(
      LAYERS.flatMap((layer) => [
        [layer, 'lamp', 'iglu'] as const,
        [layer, 'greeter-1.4.0/plugin', 'greeter'] as const,
      ]),
    )('%s, go-plugin: %s', async (layer, example, contract) => {
    const report = await runWire(await subject(goExample(example), contract), layer);
    expect(report.finding).toBeUndefined();
    expect(report.cases).toBeGreaterThan(30);
  });
});

describe('what a broken plugin does not', () => {
  it.each(FAULTS)('%s is found, as one mutation that can be sent again', async (fault, layer, kind) => {
    const made = await subject(`mocks/plugins/zoo/${fault}.ts`);
    const { finding } = await runWire(made, layer);
    if (!finding) throw new Error('nothing was found');
    expect(finding).toMatchObject({ outcome: { kind }, failed: finding.runs });
    expect(finding.cases).toHaveLength(1);
    const [smallest] = finding.cases;
    if (!smallest) throw new Error('no case');
    expect(smallest.mutations).toHaveLength(1);
    expect(await runWireCase(made, smallest)).toMatchObject({ kind });
  });
});
