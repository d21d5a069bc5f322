import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasGo } from '../../harness/test/go.util.js';
import { CATALOGUE } from '../checks/index.js';
import { built } from '../run/built.util.js';
import { Quiet } from '../run/index.js';
import type * as Prove from './prove.js';
import { proofSubjects, zooNames } from './subjects.js';

/** Bursts are shorter here than a user's: what is proved is who is blamed, and the plugins with a race die at once. */
const BUDGETS = {
  burstMs: 250,
  bursts: 40,
  settleMs: 600,
  runs: 100,
  fuzzMs: 20_000,
  shrinkMs: 3_000,
};

// From what is built: relays and mocks run in Nodes of their own, which need JavaScript.
const { prove } = (await import(pathToFileURL(built('conformance/proof/prove.js')).href)) as typeof Prove;

const quiet = new Quiet();
const subjects = proofSubjects().filter(({ needsGo }) => hasGo || !needsGo);
const passedIds = new Set<string>();

describe.concurrent('each subject is found guilty of its fault, and of nothing else', () => {
  it.each(subjects)('$name', { timeout: 300_000 }, async (subject) => {
    const { missed, wrong, report } = await prove(subject, BUDGETS, quiet);
    for (const { id, outcome } of report.checks) if (outcome === 'passed') passedIds.add(id);
    expect({ missed, wrong: report.checks.filter(({ key }) => wrong.includes(key)) }).toEqual({
      missed: [],
      wrong: [],
    });
    const guilty = subject.findings.some(
      (key) => CATALOGUE.find(({ id }) => id === key.split('@')[0])?.level === 'must',
    );
    expect(report.verdict).toBe(guilty ? 'nonconformant' : 'conformant');
  });
});

describe('the catalogue', () => {
  it('has a subject that fails each check', () => {
    const failed = new Set(subjects.flatMap(({ findings }) => findings.map((key) => key.split('@')[0])));
    expect(CATALOGUE.map(({ id }) => id).filter((id) => !failed.has(id))).toEqual([]);
  });

  it('has a subject that passes each check', () => {
    expect(CATALOGUE.map(({ id }) => id).filter((id) => !passedIds.has(id))).toEqual([]);
  });

  it('names each check once', () => {
    expect(new Set(CATALOGUE.map(({ id }) => id)).size).toBe(CATALOGUE.length);
  });

  it('expects something of every plugin of the zoo', () => {
    const expected = subjects.map(({ name }) => name);
    expect(zooNames().filter((name) => !expected.includes(`zoo/${name}`))).toEqual([]);
  });
});
