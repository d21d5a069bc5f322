import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../../harness/test/compiled.util.js';
import type { Subject } from '../../subject/index.js';
import { buildCase, type Recipe } from './build-case.js';
import type { Conversation } from './conversation.js';
import type { Layer } from './mutation.js';
import { MUTATIONS, planCases } from './plan.js';
import { Seat } from './seat.js';
import { subjectOf } from './wire.util.js';

const compiled = compile('mocks/plugins/demo.ts');
const LAYERS: readonly Layer[] = ['yamux', 'rpc', 'gob'];

let subject: Subject;
let conversation: Conversation;

beforeAll(async () => {
  subject = await subjectOf([process.execPath, compiled('mocks/plugins/demo.ts')]);
  const seat = await Seat.take(subject);
  conversation = await seat.record();
  await seat.leave();
});

afterAll(() => subject.endPlugins());

/** What is sent for a recipe, as a short text, and what is wrong with it in words. */
function made(
  layer: Layer,
  recipe: Recipe,
): { readonly sent: string; readonly mutations: readonly string[] } {
  const { parts, mutations, ending } = buildCase(layer, conversation, recipe);
  const hash = createHash('sha256').update(ending);
  for (const { bytes } of parts) hash.update(bytes);
  return { sent: hash.digest('hex'), mutations };
}

it('records what a host sends: three streams, ping, dispense, and calls on a stream of their own', () => {
  expect(
    conversation.units.map(({ part, what, dispensed }) => `${dispensed ? '+' : '-'} ${part}: ${what}`),
  ).toEqual([
    '- open: the opening of stream 1',
    '- open: the opening of stream 3',
    '- open: the opening of stream 5',
    '- definition: the definition of gob type 65',
    '- header: the header of Control.Ping',
    '- body: the body of Control.Ping',
    '- header: the header of Dispenser.Dispense',
    '- body: the body of Dispenser.Dispense',
    '+ open: the opening of stream 7',
    '+ broker-id: the broker id',
    '+ definition: the definition of gob type 65',
    '+ header: the header of Plugin.IgluConformanceNoSuchMethod',
    '+ body: the body of Plugin.IgluConformanceNoSuchMethod',
    '+ header: the header of Plugin.GetManifest',
    '+ body: the body of Plugin.GetManifest',
    '+ header: the header of Plugin.GetManifest',
    '+ body: the body of Plugin.GetManifest',
    '+ header: the header of Control.Ping',
    '+ body: the body of Control.Ping',
  ]);
});

describe.each(LAYERS)('the cases of %s', (layer) => {
  it('are of every class, and each differs from the honest conversation', () => {
    const honest = made(layer, { mutations: [], ending: 'close' }).sent;
    const idle = MUTATIONS[layer].filter(({ arbitrary }) => {
      const cases = fc
        .sample(arbitrary, { seed: 7, numRuns: 20 })
        .map((mutation) => made(layer, { mutations: [mutation], ending: 'close' }))
        .filter(({ mutations, sent }) => mutations.length === 1 && sent !== honest);
      return cases.length < 5;
    });
    expect(idle.map(({ name }) => name)).toEqual([]);
  });

  it('are the same for the same seed, and others for another', () => {
    const [one, again, other] = [1, 1, 2].map((seed) =>
      planCases(layer, { seed, rounds: 3 }).map(({ recipe }) => made(layer, recipe)),
    );
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it('come again from their seed and their place, to be made smaller', () => {
    for (const { recipe, arbitrary, seed, index } of planCases(layer, { seed: 3, rounds: 2 })) {
      const seen: unknown[] = [];
      fc.check(
        fc.property(arbitrary, (each) => {
          seen.push(made(layer, each));
        }),
        { seed, path: String(index), numRuns: 1 },
      );
      expect(seen).toEqual([made(layer, recipe)]);
    }
  });

  it('never ask the plugin to end', () => {
    for (const { recipe } of planCases(layer, { seed: 5, rounds: 20 })) {
      const { parts } = buildCase(layer, conversation, recipe);
      expect(parts.some(({ bytes }) => Buffer.from(bytes).includes('Control.Quit'))).toBe(false);
    }
  });
});
