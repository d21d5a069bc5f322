import { expect, test } from 'vitest';

import { negotiateVersion, offeredVersions } from './negotiate.js';

test.each<[string | undefined, number[]]>([
  ['1', [1]],
  ['3,1,2', [3, 1, 2]],
  ['', []],
  [undefined, []],
  ['1,two,3', [1, 3]],
  [' 1,2 ', []],
  ['+1,-2', [1, -2]],
])('PLUGIN_PROTOCOL_VERSIONS=%j offers %j', (text, versions) => {
  expect(offeredVersions(text === undefined ? {} : { PLUGIN_PROTOCOL_VERSIONS: text })).toEqual(versions);
});

test.each<[number[], number[], number]>([
  [[1], [1], 1],
  [[1, 2, 3], [2, 3, 4], 3],
  [[4], [2, 3], 2],
  [[], [5, 3], 3],
  [[0], [0, 1], 0],
])('offered %j, served %j: %i', (offered, served, version) => {
  expect(negotiateVersion(offered, served)).toBe(version);
});
