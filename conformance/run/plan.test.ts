import { expect, test } from 'vitest';
import { loadContract } from '../../harness/contract/index.js';
import { CATALOGUE } from '../checks/index.js';
import { methodTargets } from '../subject/index.js';
import { methodCheck, pluginCheck } from './catalogue.util.js';
import { allResults, planRun } from './plan.js';

const targets = methodTargets(await loadContract('greeter'), false);
const [method = ''] = targets.map(({ name }) => name);

test('the catalogue’s results come after what they need, and nothing is needed that there is not', async () => {
  const results = allResults(methodTargets(await loadContract('iglu'), false));
  const keys = results.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { key, needs } of results) {
    expect({ key, unknown: needs.filter((need) => !keys.includes(need)) }).toEqual({ key, unknown: [] });
  }
  const planned = planRun(results, { only: [], skip: [], level: 'may' }).checks;
  expect(planned.map(({ key }) => key).toSorted()).toEqual(keys.toSorted());
  const seen = new Set<string>();
  for (const { key, needs, selected } of planned) {
    expect(selected).toBe(true);
    expect({ key, late: needs.filter((need) => !seen.has(need)) }).toEqual({ key, late: [] });
    seen.add(key);
  }
});

test('every check of the catalogue is planned', async () => {
  const ids = new Set(allResults(methodTargets(await loadContract('iglu'), false)).map(({ id }) => id));
  expect(CATALOGUE.map(({ id }) => id).filter((id) => !ids.has(id))).toEqual([]);
});

const CHECKS = [
  pluginCheck('launch/runs'),
  pluginCheck('session/ping', undefined, { needs: ['launch/runs'] }),
  methodCheck('interface/replies', undefined, { needs: ['session/ping'] }),
  methodCheck('interface/stable', undefined, { needs: ['interface/replies'], level: 'should' }),
  pluginCheck('concurrency/mixed', undefined, { needs: ['interface/replies'] }),
];

test('a method’s check needs the same method’s results, a check on the plugin those of all', () => {
  const two = [...targets, ...targets.map((target) => ({ ...target, name: 'Other' }))];
  const needs = Object.fromEntries(allResults(two, CHECKS).map((result) => [result.key, result.needs]));
  expect(needs[`interface/stable@${method}`]).toEqual([`interface/replies@${method}`]);
  expect(needs['interface/stable@Other']).toEqual(['interface/replies@Other']);
  expect(needs['concurrency/mixed']).toEqual([`interface/replies@${method}`, 'interface/replies@Other']);
  expect(needs['interface/replies@Other']).toEqual(['session/ping']);
});

test('what a selected check needs is planned too, and is not selected', () => {
  const plan = planRun(allResults(targets, CHECKS), {
    only: ['interface/stable'],
    skip: ['session'],
    level: 'may',
  });
  expect(plan.checks.map(({ key, selected }) => [key, selected])).toEqual([
    ['launch/runs', false],
    ['session/ping', false],
    [`interface/replies@${method}`, false],
    [`interface/stable@${method}`, true],
  ]);
});

test('what is needed and asked for is selected', () => {
  const plan = planRun(allResults(targets, CHECKS), {
    only: ['concurrency', 'launch'],
    skip: [],
    level: 'may',
  });
  expect(plan.checks.filter(({ selected }) => selected).map(({ key }) => key)).toEqual([
    'launch/runs',
    'concurrency/mixed',
  ]);
});

test('a need that no check has is a mistake of the catalogue', () => {
  expect(() =>
    allResults(targets, [pluginCheck('launch/runs', undefined, { needs: ['launch/starts'] })]),
  ).toThrow('launch/starts');
});
