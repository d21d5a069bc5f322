import { PassThrough, type Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Readable, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';

import { EVENTUALLY } from '../test/eventually.util.js';

import { OutputRelay } from './output-relay.js';
import { redirect } from './redirect.js';

/** A host's end: what it has read so far. */
class Host {
  readonly stream: Duplex;
  text = '';

  constructor(options: { reads: boolean } = { reads: true }) {
    // What is written to a PassThrough comes out of it again: `resume` of the relay would eat it.
    const sink = new PassThrough({ highWaterMark: 1024 });
    this.stream = Object.assign(sink, { resume: () => sink });
    if (options.reads) this.read();
  }

  read(): void {
    this.stream.on('data', (chunk: Buffer) => (this.text += chunk.toString()));
    PassThrough.prototype.resume.call(this.stream);
  }
}

const text = (length: number): Buffer => Buffer.alloc(length, 'x');

test('what was written before a host came waits for it, in its order', async () => {
  const relay = new OutputRelay();
  for (const word of ['one ', 'two ', '', 'three']) relay.write(Buffer.from(word));
  const host = new Host();
  relay.attach(host.stream);
  relay.write(Buffer.from('.'));
  await expect.poll(() => host.text, EVENTUALLY).toBe('one two three.');
});

test('no chunk goes to two hosts', async () => {
  const relay = new OutputRelay();
  const [first, second] = [new Host(), new Host()];
  relay.attach(first.stream);
  relay.write(Buffer.from('1'));
  relay.attach(second.stream);
  relay.write(Buffer.from('2'));
  second.stream.destroy();
  await expect.poll(() => second.stream.closed, EVENTUALLY).toBe(true);
  relay.write(Buffer.from('3'));
  await expect.poll(() => first.text, EVENTUALLY).toBe('13');
});

test('a host that is destroyed with an error is let go', async () => {
  const relay = new OutputRelay();
  const host = new Host();
  relay.attach(host.stream);
  host.stream.destroy(new Error('gone'));
  await expect.poll(() => host.stream.closed, EVENTUALLY).toBe(true);
  relay.write(Buffer.from('for the next'));
  const next = new Host();
  relay.attach(next.stream);
  await expect.poll(() => next.text, EVENTUALLY).toBe('for the next');
});

describe('a host that does not read', () => {
  test('makes writers wait once a pipe would be full, and lets them go on when it reads', async () => {
    const relay = new OutputRelay();
    let drained = 0;
    relay.onDrain(() => (drained += 1));
    const host = new Host({ reads: false });
    relay.attach(host.stream);
    expect(relay.write(text(60 * 1024))).toBe(true);
    expect(relay.write(text(60 * 1024))).toBe(true);
    expect(relay.write(text(10 * 1024))).toBe(false);
    expect(relay.write(text(1))).toBe(false);
    expect(drained).toBe(0);
    host.read();
    await expect.poll(() => host.text.length, EVENTUALLY).toBe(130 * 1024 + 1);
    expect(drained).toBe(1);
    expect(relay.write(text(1))).toBe(true);
  });

  test('loses the oldest of what is too much, and is told how much', async () => {
    const relay = new OutputRelay(10_000);
    for (let n = 0; n < 100; n++)
      relay.write(Buffer.from(`line ${String(n).padStart(4, '0')}\n`.padStart(1_000)));
    const host = new Host();
    relay.attach(host.stream);
    await expect.poll(() => host.text, EVENTUALLY).toContain('line 0099');
    expect(host.text).toMatch(/^\[… 90000 bytes dropped: nobody read them …\]\n +line 0090\n/);
    relay.write(Buffer.from('after'));
    await expect.poll(() => host.text, EVENTUALLY).toMatch(/line 0099\nafter$/);
  });

  test('loses the oldest of what is in too many pieces', async () => {
    const relay = new OutputRelay();
    for (let n = 0; n < 70_000; n++) relay.write(Buffer.from(n % 10_000 === 0 ? '#' : '.'));
    const host = new Host();
    relay.attach(host.stream);
    await expect.poll(() => host.text.length, EVENTUALLY).toBeGreaterThan(65_536);
    expect(host.text).toMatch(/^\[… 4464 bytes dropped/);
    expect(host.text.match(/#/g)).toHaveLength(6);
  });

  test('gets a chunk whole that is larger than everything that may wait, when it waits for nothing', async () => {
    const relay = new OutputRelay(10_000);
    const host = new Host();
    relay.attach(host.stream);
    relay.write(text(100_000));
    await expect.poll(() => host.text.length, EVENTUALLY).toBe(100_000);
  });
});

describe('redirect', () => {
  const redirected = (): { stream: NodeJS.WriteStream; relay: OutputRelay; original: string[] } => {
    const original: string[] = [];
    const stream = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        original.push(String(chunk));
        done();
      },
    }) as NodeJS.WriteStream;
    const relay = new OutputRelay();
    redirect(stream, relay);
    return { stream, relay, original };
  };

  test('takes strings of any encoding and bytes, and calls back', async () => {
    const { stream, relay, original } = redirected();
    const bytes = Buffer.from('bytes ');
    stream.write('text ');
    stream.write('dGV4dCA=', 'base64');
    stream.write(bytes);
    bytes.fill('?');
    await new Promise((resolve) => stream.write('called ', resolve));
    await new Promise((resolve) => stream.write('626163 6b'.replace(' ', ''), 'hex', resolve));
    const host = new Host();
    relay.attach(host.stream);
    await expect.poll(() => host.text, EVENTUALLY).toBe('text text bytes called back');
    expect(original).toEqual([]);
  });

  test('a pipe into it waits for the host, and loses nothing', async () => {
    const { stream, relay } = redirected();
    const host = new Host();
    let produced = 0;
    const source = Readable.from(
      (function* () {
        for (; produced < 400; produced++) yield text(64 * 1024);
      })(),
    );
    const done = pipeline(source, stream, { end: false });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(produced).toBeLessThan(40);
    relay.attach(host.stream);
    await done;
    await expect.poll(() => host.text.length, EVENTUALLY).toBe(400 * 64 * 1024);
  });
});
