import { describe, expect, it } from 'vitest';
import { ByteString, type Value } from '../../../harness/value/index.js';
import { hooks, iglu, sampled, taking } from './arbitraries.util.js';

const MIB = 1 << 20;
const COUNT = 20_000;

interface Update {
  Key: Value;
  Value: Value;
  UserID: Value;
}

function textsOf(value: Value): Value[] {
  return (value as unknown as { Configuration: Update[] }).Configuration.flatMap(
    ({ Key, Value: text, UserID }) => [Key, text, UserID],
  );
}

function isOrdinary(text: Value): boolean {
  return typeof text === 'string' && /^[ -~]{0,8}$/u.test(text);
}

describe('how often values have something', () => {
  it('a text of 1 MiB is in one value of several hundred, and never twice in one', async () => {
    const counts = sampled(await iglu('OnConfigurationUpdate'), COUNT).map(
      (value) => textsOf(value).filter((text) => typeof text === 'string' && text.length >= MIB).length,
    );
    expect(Math.max(...counts)).toBe(1);
    const values = counts.filter((count) => count > 0).length;
    expect(COUNT / values).toBeGreaterThan(150);
    expect(COUNT / values).toBeLessThan(900);
  });

  it('about half of the values are small and ordinary', async () => {
    const values = sampled(await iglu('OnConfigurationUpdate'), COUNT);
    const ordinary = values.filter(
      (value) => textsOf(value).length <= 30 && textsOf(value).every(isOrdinary),
    ).length;
    expect(ordinary / COUNT).toBeGreaterThan(0.4);
    expect(ordinary / COUNT).toBeLessThan(0.7);
  });

  it('a key stands twice in one value of four or more, with an odd one out beside it now and then', async () => {
    const lists = sampled(await iglu('OnConfigurationUpdate'), COUNT)
      .map((value) => (value as unknown as { Configuration: Update[] }).Configuration)
      .filter((list) => list.length > 1);
    const twice = lists.filter((list) => new Set(list.map(({ Key }) => Key)).size < list.length);
    expect(twice.length / lists.length).toBeGreaterThan(0.25);
    const odd = twice.filter((list) => list.some(({ Value: text }) => text instanceof ByteString));
    expect(odd.length).toBeGreaterThan(10);
  });

  it('a bool is true half of the time, and each of an enum comes', () => {
    const bools = sampled(taking({ type: 'boolean' }), COUNT).filter((value) => value === true).length;
    expect(bools / COUNT).toBeCloseTo(0.5, 1);
    const members = sampled(taking({ type: 'string', enum: ['a', 'b', 'c', 'd'] }), COUNT);
    for (const member of ['a', 'b', 'c', 'd']) {
      expect(members.filter((value) => value === member).length / COUNT).toBeCloseTo(0.25, 1);
    }
  });

  it('lists are short, and thousands long once in a while', async () => {
    const lengths = sampled(await hooks('RankUsers'), COUNT).map((value) => (value as Value[]).length);
    expect(lengths.filter((length) => length <= 5).length / COUNT).toBeGreaterThan(0.9);
    expect(lengths.filter((length) => length >= 1000).length).toBeGreaterThan(10);
    expect(Math.max(...lengths)).toBeLessThan(4000);
  });

  it('a recursive type is deep once in a while, and never too deep to be sent', async () => {
    const depths = sampled(await hooks('MirrorTree'), 5000).map(depthOf);
    expect(depths.filter((depth) => depth > 30).length).toBeGreaterThan(20);
    expect(Math.max(...depths)).toBeLessThan(600);
  });
});

function depthOf(value: Value): number {
  let level: Value[] = [value];
  let depth = 0;
  for (; level.length > 0; depth++) {
    level = level.flatMap((part) => {
      if (Array.isArray(part)) return part;
      return typeof part === 'object' && part !== null && !(part instanceof ByteString)
        ? Object.values(part)
        : [];
    });
  }
  return depth;
}
