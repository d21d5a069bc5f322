import { expect, test } from 'vitest';
import { reportToText, SCHEMA_VERSION, setToText, PLAIN, type Report, type Style } from './index.js';
import { sampleBlocked, sampleFinding, sampleReport, sampleResult } from './sample.util.js';
import { columnsOf } from './width.js';

const lamp = [sampleResult('launch/runs'), sampleResult('session/ping')];

function firstLine(report: Report): string | undefined {
  return reportToText(report).split('\n')[0];
}

test('the first line is the answer: conformant', () => {
  expect(firstLine(sampleReport(lamp))).toBe('✓ ./lamp is conformant: 2 checks passed');
  const warned = [
    ...lamp,
    sampleFinding('launch/starts-in-time', 'should'),
    sampleResult('errors/x@A', { outcome: 'known-failing' }),
  ];
  expect(firstLine(sampleReport(warned))).toBe(
    '✓ ./lamp is conformant: 2 checks passed, 1 warning, 1 known to fail',
  );
  const none = sampleReport(lamp, { contract: { name: 'none', sha256: 'ab'.repeat(32) } });
  expect(firstLine(none)).toBe('✓ ./lamp is conformant: 2 checks passed, protocol only');
});

test('of a part, only what was asked for is counted, and that it is a part is said', () => {
  const checks = [sampleResult('launch/runs', { selected: false }), sampleResult('session/ping')];
  const text = reportToText(
    sampleReport(checks, { scope: { full: false, reasons: ['--only session', '--level must'] } }),
  );
  expect(text).toMatch(/^✓ \.\/lamp is conformant in the part that was judged: 1 check passed\n/);
  expect(text).toMatch(/\nOnly a part was judged: --only session, --level must\n$/);
  expect(text).not.toContain('launch');
});

test('the first line is the answer: nonconformant, and why', () => {
  const finding = sampleFinding('session/ping', 'must', {
    message: 'It died (SIGSEGV, e.g. a nil map). Look at it.',
  });
  expect(firstLine(sampleReport([...lamp, finding]))).toBe(
    '✗ ./lamp is nonconformant: It died (SIGSEGV, e.g. a nil map).',
  );
  const two = [
    sampleFinding('launch/starts-in-time', 'should'),
    finding,
    sampleFinding('session/streams', 'must'),
  ];
  expect(firstLine(sampleReport(two))).toBe(
    '✗ ./lamp is nonconformant: It died (SIGSEGV, e.g. a nil map). (the first of 2 findings)',
  );
});

test('when an option is the way out, the first line proposes it', () => {
  const finding = sampleFinding('launch/runs', 'must', {
    message: 'The plugin refuses the magic cookie X: it is another host’s.',
    fix: 'Give its own with --cookie KEY=VALUE. Or write a contract.',
  });
  expect(firstLine(sampleReport([finding]))).toBe(
    '✗ ./lamp is nonconformant: The plugin refuses the magic cookie X: it is another host’s. Give its own with --cookie KEY=VALUE.',
  );
});

test('the first line is the answer: why there is none', () => {
  const missing = sampleReport([], { problem: './lamp does not exist (ENOENT); check the path.' });
  expect(reportToText(missing)).toBe(
    '? ./lamp could not be judged: it does not exist (ENOENT); check the path.\n\ncontract iglu · netrpc, protocol version 1 · seed 7 · 1.2 s\n',
  );
});

test('a finding says what was promised, what was seen, why, what to do, and how to see it again', () => {
  const finding = sampleFinding('interface/replies@Get', 'must', {
    evidence: {
      arguments: { UniqueID: '' },
      reproduce: 'npx iglu-conformance ./lamp --only interface/replies@Get --seed 7',
      stderr: 'one\n\tmain.go:12\n',
      tape: [{ at: 1.5, layer: 'process', direction: 'in', text: 'the process ended: exit code 2' }],
      seen: ['123 sleep'],
    },
  });
  expect(reportToText(sampleReport([finding])))
    .toBe(`✗ ./lamp is nonconformant: The plugin does something else.

✗ interface/replies@Get  must
    promise   It keeps a promise
    expected  a reply
    actual    none
    cause     The plugin does something else. It ought not to.
    fix       Reply.
    source    go-plugin server.go, Serve
    arguments {"UniqueID":""}
    again     npx iglu-conformance ./lamp --only interface/replies@Get --seed 7
    seen
      123 sleep
    stderr
      one
        main.go:12
    tape (ms)
           1.50 ← the process ended: exit code 2

  interface    1 failed

contract iglu · netrpc, protocol version 1 · seed 7 · 1.2 s
`);
});

test('nothing is said twice: a cause is what is neither in actual nor in the fix', () => {
  const said = (message: string): string =>
    reportToText(
      sampleReport([sampleFinding('session/ping', 'must', { message, actual: 'It hung.', fix: 'Answer.' })]),
    );
  expect(said('It hung. Answer.')).not.toContain('cause');
  expect(said('It hung. A lock was held. Answer.')).toContain('    cause     A lock was held.\n');
});

test('what matters most comes first, and hints take a line each', () => {
  const text = reportToText(
    sampleReport([
      sampleFinding('lifecycle/terminates', 'may', { message: 'It leaves its listener.' }),
      sampleFinding('launch/starts-in-time', 'should'),
      sampleFinding('session/ping', 'must'),
    ]),
  );
  const places = [
    '✗ session/ping  must',
    '! launch/starts-in-time  should: a warning',
    '    lifecycle/terminates: It leaves its listener.\n',
  ];
  const found = places.map((place) => text.indexOf(place));
  expect(found.every((at) => at > 0)).toBe(true);
  expect(found).toEqual(found.toSorted((a, b) => a - b));
});

test('areas that were not reached take one line together', () => {
  const checks = [
    sampleFinding('launch/runs', 'must'),
    sampleBlocked('launch/closed-stdin', 'launch/runs'),
    sampleBlocked('session/ping', 'launch/runs'),
    sampleBlocked('interface/replies@A', 'launch/runs'),
    sampleBlocked('interface/replies@B', 'launch/runs'),
  ];
  expect(reportToText(sampleReport(checks))).toContain(
    '\n  launch       1 failed, 1 not reached\n  not reached  session, interface (3 checks)\n',
  );
});

test('what could not be told is named with its reason, a few of many', () => {
  const unknown = Array.from({ length: 7 }, (_, index) =>
    sampleResult(`interface/stable@M${index}`, {
      outcome: 'inconclusive',
      message: 'There is no /proc here.',
    }),
  );
  const text = reportToText(sampleReport([...lamp, ...unknown]));
  expect(text).toContain('? What could not be told:\n    interface/stable@M0: There is no /proc here.\n');
  expect(text).toContain('    and 2 more (--verbose lists them)\n');
  expect(text).not.toContain('@M5');
});

test('the end of an output is shown, and of a panic its beginning', () => {
  const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`);
  const shown = (stderr: string[]): string =>
    reportToText(
      sampleReport([sampleFinding('session/ping', 'must', { evidence: { stderr: stderr.join('\n') } })]),
    );
  expect(shown(lines)).toContain('stderr, the last 8 of 30 lines\n      line 22\n');
  const panicked = [...lines.slice(0, 3), 'panic: assignment to entry in nil map', ...lines];
  expect(shown(panicked)).toContain(
    'stderr, 8 of 34 lines\n      panic: assignment to entry in nil map\n      line 0\n',
  );
});

test('--verbose shows every result and all of the evidence', () => {
  const stderr = Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n');
  const hint = sampleFinding('lifecycle/terminates', 'may', {
    evidence: { stderr, stdout: 'banner', reply: { A: 1 } },
  });
  const checks = [...lamp, hint, sampleBlocked('session/streams', 'lifecycle/terminates')];
  const text = reportToText(sampleReport(checks), { verbose: true });
  expect(text).toContain('· lifecycle/terminates  may: never held against it\n');
  for (const part of ['line 0\n', 'line 29\n', 'banner', '{"A":1}']) expect(text).toContain(part);
  expect(text).toContain('  passed         launch/runs  1.5 ms\n');
  expect(text).toContain('  not reached    session/streams  1.5 ms: needs lifecycle/terminates\n');
});

test('--quiet is the verdict alone', () => {
  expect(reportToText(sampleReport([...lamp, sampleFinding('errors/x@A', 'must')]), { quiet: true })).toBe(
    '✗ ./lamp is nonconformant: The plugin does something else.\n',
  );
});

test('of several subjects the first line is the answer for all', () => {
  const reports = [
    sampleReport(lamp),
    sampleReport([sampleFinding('session/ping', 'must')]),
    sampleReport([]),
    sampleReport(lamp),
  ];
  const set = { schemaVersion: SCHEMA_VERSION, kind: 'set', reports } as const;
  expect(setToText(set, { quiet: true }).split('\n')).toEqual([
    '✗ 4 plugins: 1 nonconformant, 1 could not be judged, 2 conformant',
    '✓ ./lamp is conformant: 2 checks passed',
    '✗ ./lamp is nonconformant: The plugin does something else.',
    '? ./lamp could not be judged: nothing was seen to hold',
    '✓ ./lamp is conformant: 2 checks passed',
    '',
  ]);
  expect(setToText({ ...set, reports: [sampleReport(lamp), sampleReport([])] })).toMatch(
    /^\? 2 plugins: 1 could/,
  );
  expect(setToText({ ...set, reports: [sampleReport(lamp), sampleReport(lamp)] })).toMatch(
    /^✓ 2 plugins: 2 conformant\n\n✓/,
  );
});

const LONG = 'word '.repeat(60).trim();
const HOSTILE = '\u001b[2J\u009b31m \u202e \u0007 \u200b \u{e0041} a\rb 日本語';
const everything = sampleReport(
  [
    ...lamp,
    sampleFinding('session/ping', 'must', {
      message: LONG,
      expected: HOSTILE.repeat(5),
      actual: LONG,
      evidence: {
        stderr: `${HOSTILE.repeat(9)}\n${LONG}`,
        stdout: LONG,
        seen: [LONG],
        arguments: [LONG, HOSTILE],
      },
    }),
    sampleFinding(`interface/replies@${HOSTILE}`, 'should'),
    sampleFinding('lifecycle/terminates', 'may', { message: LONG }),
    sampleResult('interface/stable@M', { outcome: 'inconclusive', message: LONG }),
    sampleBlocked('errors/x@M', 'session/ping'),
  ],
  { scope: { full: false, reasons: [LONG] } },
);

test.each([80, 60, 100])(
  'no line is longer than %d columns, unless it is one word or a command',
  (columns) => {
    for (const verbose of [false, true]) {
      const long = reportToText(everything, { columns, verbose })
        .split('\n')
        // A command is meant to be copied: one word, as it were.
        .filter((line) => !line.startsWith('    again '))
        .filter((line) => columnsOf(line) > columns && line.trim().includes(' '));
      expect(long).toEqual([]);
    }
  },
);

test('what a plugin said cannot move the cursor, colour a line, or turn it round', () => {
  for (const verbose of [false, true]) {
    const text = reportToText(everything, { verbose });
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(text).toContain(String.raw`\u001b[2J\u009b31m \u202e`);
  }
});

test('styles change nothing but the styling', () => {
  const wrap = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;
  const style: Style = { bold: wrap(1), dim: wrap(2), red: wrap(31), yellow: wrap(33), green: wrap(32) };
  for (const verbose of [false, true]) {
    const styled = reportToText(everything, { columns: 80, verbose, style });
    expect(styled).toContain('\u001b[31m✗\u001b[0m');
    // oxlint-disable-next-line no-control-regex
    expect(styled.replace(/\u001b\[\d+m/g, '')).toBe(
      reportToText(everything, { columns: 80, verbose, style: PLAIN }),
    );
  }
});
