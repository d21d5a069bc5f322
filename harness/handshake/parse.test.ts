import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { HandshakeError, parseHandshake, type Handshake, type HandshakeExpectations } from './index.js';
import { EXPECT, LINES } from './lines.util.js';

function outcome(line: string, expect: Partial<HandshakeExpectations> = {}): Handshake | HandshakeError {
  try {
    return parseHandshake(line, { ...EXPECT, ...expect });
  } catch (error) {
    if (error instanceof HandshakeError) return error;
    throw error;
  }
}

function refusal(line: string, expectations?: Partial<HandshakeExpectations>): HandshakeError {
  const error = outcome(line, expectations);
  if (error instanceof HandshakeError) return error;
  throw new Error(`taken: ${line}`);
}

describe('lines that are taken', () => {
  test.each(LINES.filter(({ code }) => code === undefined))('$name', ({ line, expect: expectations }) => {
    expect(outcome(line, expectations)).toMatchObject({ coreVersion: 1, line: line.trim() });
  });
});

describe('lines that are refused', () => {
  test.each(LINES.filter(({ code }) => code !== undefined))(
    '$name',
    ({ line, code, field, says, ...row }) => {
      const error = refusal(line, row.expect);
      expect(error).toMatchObject({ code, field });
      expect(error.message).toContain(says);
      expect(error.hint.length).toBeGreaterThan(20);
    },
  );
});

test('what is in the line is in the handshake', () => {
  expect(outcome('1|3|unix|/run/p|grpc||false', { versions: null })).toEqual({
    line: '1|3|unix|/run/p|grpc||false',
    coreVersion: 1,
    protocolVersion: 3,
    address: { network: 'unix', path: '/run/p' },
    protocol: 'grpc',
    certificate: null,
    multiplex: false,
  });
  expect(outcome('1|1|unix|p.sock')).toMatchObject({
    address: { network: 'unix', path: '/tmp/p.sock' },
    protocol: 'netrpc',
    multiplex: null,
  });
  expect(outcome('1|1|unix|@p')).toMatchObject({ address: { network: 'unix', path: '\0p' } });
  expect(outcome('1|1|tcp|:80')).toMatchObject({ address: { network: 'tcp', host: '127.0.0.1', port: 80 } });
  expect(outcome('1|1|tcp|[::1]:80')).toMatchObject({ address: { network: 'tcp', host: '::1', port: 80 } });
});

test('an error shows the line cut and escaped, and keeps it whole', () => {
  const line = `\u001b[2J\u202e"${'x'.repeat(60_000)}`;
  const error = refusal(line);
  expect(error.message).toContain('The line: "\\u001b[2J\\u202e\\"xxx');
  expect(error.message).toContain('…" (60006 characters).');
  expect(error.message.length).toBeLessThan(1_000);
  expect(error.line).toBe(line);
});

test('an error shows no more of a field than a message bears, and no control character of it', () => {
  const hostile = `\u001b]0;x\u0007\u202e${'9'.repeat(60_000)}`;
  for (const line of [
    `${hostile}|1|unix|/p|netrpc`,
    `1|${hostile}|unix|/p|netrpc`,
    `1|1|${hostile}|/p|netrpc`,
    `1|1|unix|${hostile}|netrpc`,
    `1|1|tcp|${hostile}:80|netrpc`,
    `1|1|tcp|127.0.0.1:${hostile}|netrpc`,
    `1|1|unix|/p|${hostile}`,
    `1|1|unix|/p|netrpc|${hostile}`,
  ]) {
    const { problem, hint, message } = refusal(line);
    expect(`${problem}${hint}${message}`).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(problem.length).toBeLessThan(400);
  }
});

test('a line of spaces and letters takes linear time', () => {
  // Quadratic time would be minutes here.
  const spaces = ' '.repeat(1_000_000);
  expect(refusal(`x${spaces}x${spaces}`).line).toHaveLength(1_000_002);
});

const field = fc.oneof(
  fc.constantFrom('1', '0', '-1', '+1', '01', '2', '', ' 1', '1 ', '\ufeff1', '1\r', '9'.repeat(25)),
  fc.constantFrom('unix', 'tcp', 'netrpc', 'grpc', '/tmp/p', '@p', 'true', 'A'.repeat(60)),
  fc.constantFrom('127.0.0.1:1', '[::1]:1', '[::1%lo]:1', '[::1%]:1', '[%]:1', ':1', 'localhost:1'),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.base64String({ maxLength: 200 }),
  fc.ipV6().map((ip) => `[${ip}]:80`),
);
const line = fc.oneof(
  fc.array(field, { maxLength: 9 }).map((fields) => fields.join('|')),
  fc.tuple(field, field).map(([a, b]) => `1|1|unix|${a}|netrpc|${b}`),
  fc.tuple(field, field).map(([a, b]) => `1|1|tcp|${a}|grpc||${b}`),
);
const expectations = fc.record({
  versions: fc.constantFrom([1], [1, 3], null),
  protocols: fc.constantFrom<HandshakeExpectations['protocols']>(['netrpc'], ['grpc'], ['netrpc', 'grpc']),
  multiplex: fc.boolean(),
  autoMtls: fc.boolean(),
});

test('no line ends in anything but a handshake or a HandshakeError', () => {
  const judge = (text: string, expected: Partial<HandshakeExpectations>): void => {
    // Anything else is thrown.
    const result = outcome(text, expected);
    const refused = result instanceof HandshakeError;
    expect(refused ? result.message : '').not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    const versions = refused ? [undefined] : (expected.versions ?? [result.protocolVersion]);
    expect(versions).toContain(refused ? undefined : result.protocolVersion);
  };
  fc.assert(fc.property(line, expectations, judge), { numRuns: 2_000 });
});
