import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { hasGo } from '../test/go.util.js';
import { useLineOracle } from '../test/line-oracle.util.js';
import {
  HandshakeError,
  MAX_STDOUT_LINE_BYTES,
  parseHandshake,
  type Handshake,
  type HandshakeExpectations,
} from './index.js';
import { EXPECT, LINES, NOBODY_THERE } from './lines.util.js';

interface Question {
  /** In base64. */
  readonly stdout: string;
  readonly versions: readonly number[];
  readonly protocols: readonly string[];
  readonly mtls: boolean;
  readonly multiplex: boolean;
  readonly timeoutMs: number;
}

/** See oracle/handshake.go. */
interface Verdict {
  readonly error?: string;
  readonly panic?: string;
  readonly network?: string;
  readonly address?: string;
  readonly version: number;
  readonly protocol?: string;
  readonly dial?: string;
}

describe.skipIf(!hasGo)('a Go host agrees', () => {
  const ask = useLineOracle<Verdict>(new URL('oracle', import.meta.url));

  function go(line: string, expectations: Partial<HandshakeExpectations> = {}): Promise<Verdict> {
    const { versions, protocols, autoMtls, multiplex } = { ...EXPECT, ...expectations };
    const question: Question = {
      stdout: Buffer.from(`${line}\n`).toString('base64'),
      versions: versions ?? [],
      protocols,
      mtls: autoMtls,
      multiplex,
      timeoutMs: 20_000,
    };
    return ask(question);
  }

  function ours(line: string, expectations: Partial<HandshakeExpectations> = {}): Handshake | HandshakeError {
    try {
      return parseHandshake(line, { ...EXPECT, ...expectations });
    } catch (error) {
      if (error instanceof HandshakeError) return error;
      throw error;
    }
  }

  const refused = ({ error, panic }: Verdict): boolean => error !== undefined || panic !== undefined;

  test.each(LINES.filter(({ goDiffers }) => !goDiffers))(
    '$name',
    async ({ line, code, expect: expectations }) => {
      const verdict = await go(line, expectations);
      expect({ refused: refused(verdict), verdict }).toEqual({ refused: code !== undefined, verdict });
      if (code !== undefined) return;
      const handshake = parseHandshake(line, { ...EXPECT, ...expectations });
      expect(verdict).toMatchObject({
        network: handshake.address.network,
        version: handshake.protocolVersion,
        protocol: handshake.protocol,
      });
    },
  );

  // What we refuse before anything is dialled. If Go came to refuse it too, the row would say too much.
  test.each(LINES.filter(({ goDiffers }) => goDiffers))(
    'differs: $name ($goDiffers)',
    async ({ line, goDiffers, expect: expectations }) => {
      const verdict = await go(line, expectations);
      expect(refused(verdict)).toBe(false);
      // Not "connection refused" or "no such file": it is no address at all.
      const isUnix = verdict.network === 'unix' && goDiffers === NOBODY_THERE;
      expect(isUnix ? verdict.dial : 'missing address').toMatch(/invalid argument|missing address/);
    },
  );

  test('an uninvited certificate kills the host', async () => {
    const uninvited = LINES.find(({ name }) => name === 'one that nobody asked for');
    expect((await go(uninvited?.line ?? '')).panic).toMatch(/nil pointer dereference/);
  });

  test('the longest line', async () => {
    const line = '1|1|unix|/'.padEnd(MAX_STDOUT_LINE_BYTES - 1, 'p');
    expect(refused(await go(line))).toBe(false);
    expect((await go(`${line}p`)).error).toContain('Failed to read any lines');
  });

  test('lines that differ from a good one by a few characters', { timeout: 120_000 }, async () => {
    const parts = ['1', '1', 'unix', '/tmp/p', 'netrpc', '', 'true'];
    const noise = fc.constantFrom(
      '',
      ' ',
      '\t',
      '\r',
      '0',
      '1',
      '-',
      '+',
      '.',
      '_',
      '|',
      '\ufeff',
      '\u00a0',
      '\u2003',
      '\u0085',
      '\u200b',
      'x',
      'é',
      '\0',
    );
    const near = fc
      .tuple(fc.integer({ min: 3, max: 7 }), fc.array(fc.tuple(fc.nat({ max: 30 }), noise), { maxLength: 3 }))
      .map(([count, edits]) =>
        edits.reduce(
          (line, [at, text]) => line.slice(0, at) + text + line.slice(at),
          parts.slice(0, count).join('|'),
        ),
      );
    await fc.assert(
      fc.asyncProperty(near, fc.boolean(), async (line, multiplex) => {
        const mine = ours(line, { multiplex });
        // Refused by us alone, see LINES.
        fc.pre(!(mine instanceof HandshakeError && mine.code === 'HANDSHAKE_ADDRESS'));
        const verdict = await go(line, { multiplex });
        expect({ refused: refused(verdict), verdict }).toEqual({
          refused: mine instanceof HandshakeError,
          verdict,
        });
      }),
      { numRuns: 200 },
    );
  });
});
