import { join } from 'node:path';
import { loadContract, type Contract } from '../../../../harness/contract/index.js';
import { ROOT } from '../../../run/built.util.js';
import type { Counterexample } from '../counterexample.js';
import { call, counterexample, hook } from '../sample.util.js';

export const HOOKS: Contract = await loadContract(join(ROOT, 'examples/contracts/hooks.json'));
export const IGLU: Contract = await loadContract('iglu');

/** A counterexample with a Go plugin that it is true of, and one that it is not. */
export interface Case {
  readonly document: Counterexample;
  readonly contract: Contract;
  /** Below examples/bin. */
  readonly good: string;
  readonly bad: string;
  /** What the test says of the bad one. */
  readonly says: RegExp;
}

/** What reads a list, has it sorted by its length, and reads it again. */
const reordered: Counterexample['what'] = {
  kind: 'calls',
  steps: [
    { calls: [hook('Implemented', null)] },
    { calls: [hook('ExecuteCommand', { Command: ' ', UserId: '', ChannelId: '', TeamId: '' })] },
    { calls: [hook('Implemented', null)] },
  ],
};

const SHORTEST_FIRST = [...(HOOKS.plugins.get('hooks')?.methods.keys() ?? [])].sort(
  (a, b) => a.length - b.length || (a < b ? -1 : 1),
);

/** So that the tests fail as long as the planted fault is there, and pass on the plugin that keeps its promises. */
export const CASES: Readonly<Record<string, Case>> = {
  'a panic': {
    document: counterexample({
      what: {
        kind: 'calls',
        once: [{ plugin: 'iglu_plugin', method: 'OnLoad' }],
        steps: [{ times: 3, calls: [call('GetDeviceStatus', { UniqueID: { $string: '//5hYg==' } })] }],
      },
    }),
    contract: IGLU,
    good: 'lamp',
    bad: 'bad/panics',
    says: /Plugin\.GetDeviceStatus is not answered: unexpected EOF/,
  },
  'a nil map': {
    document: counterexample({
      key: 'fuzz/process-lives@MergeProps',
      rate: { failed: 9, of: 10 },
      what: {
        kind: 'calls',
        steps: [{ calls: [hook('MergeProps', { Old: { $map: [] }, Updated: { $map: [['', '']] } })] }],
      },
    }),
    contract: HOOKS,
    good: 'hooks',
    bad: 'planted/writes-nil-map',
    says: /Plugin\.MergeProps is not answered/,
  },
  'an answer for somebody else': {
    document: counterexample({
      key: 'fuzz/own-answers@Convert',
      what: {
        kind: 'calls',
        steps: [
          {
            calls: [
              hook('Convert', { Value: 1, From: 'celsius', To: 'kelvin' }),
              hook('Convert', { Value: { $float: '-0' }, From: 'celsius', To: 'fahrenheit' }),
            ],
          },
        ],
      },
    }),
    contract: HOOKS,
    good: 'hooks',
    bad: 'planted/wrong-caller',
    says: /Plugin\.Convert\(\{Value:1 From:celsius To:kelvin\}\): among others 32, error <nil>; alone 274\.15/,
  },
  'values that the plugin names, three in one order': {
    document: counterexample({
      key: 'fuzz/process-lives@OnConfigurationUpdate',
      what: {
        kind: 'calls',
        steps: [
          {
            calls: [call('OnConfigurationUpdate', { Configuration: [{ Key: 'a', Value: '', UserID: '' }] })],
          },
          {
            calls: [
              call('OnDeviceToggle', { Id: 'gone', Status: true }, { taken: [{ path: ['Id'], index: 7 }] }),
            ],
          },
          { calls: [call('OnConfigurationUpdate', { Configuration: [] })] },
        ],
      },
    }),
    contract: IGLU,
    good: 'lamp',
    bad: 'planted/three-in-order',
    says: /Plugin\.OnConfigurationUpdate is not answered/,
  },
  'a list that another order is given to': {
    document: counterexample({ key: 'fuzz/stays-stable@Implemented', what: reordered }),
    contract: HOOKS,
    good: 'hooks',
    bad: 'planted/slice-kept',
    says: /Plugin\.Implemented answered \[ChannelStats Convert .* before/,
  },
  'a file that stays open': {
    document: counterexample({
      key: 'fuzz/descriptors@OnDeviceToggle',
      what: {
        kind: 'calls',
        steps: [{ calls: [call('OnDeviceToggle', { Id: 'lamp-hall', Status: true })], times: 16 }],
      },
    }),
    contract: IGLU,
    good: 'lamp',
    bad: 'planted/file-left-open',
    says: /it has \d+ files open after 208 calls, and had \d+/,
  },
  'a reply that must not come again': {
    document: counterexample({ key: 'fuzz/replies@Implemented', reply: SHORTEST_FIRST, what: reordered }),
    contract: HOOKS,
    good: 'hooks',
    bad: 'planted/slice-kept',
    says: /Plugin\.Implemented still answers \[Digest /,
  },
};
