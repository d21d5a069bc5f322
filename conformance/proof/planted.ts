import type { JsonValue } from '../../harness/value/index.js';

/** A call as it is written here: its arguments in the tagged JSON form of harness/value. */
export interface PlantedCall {
  readonly method: string;
  readonly args: JsonValue;
}

/** Calls that are in flight together, so many times; once unless given. */
export interface PlantedStep {
  readonly calls: readonly PlantedCall[];
  readonly times?: number;
}

/** How large an input is. */
export interface InputSize {
  /** Calls that are made: those of a step count as often as it is done. */
  readonly calls: number;
  /** The arguments of all calls as they are written, in characters of JSON: a step that is repeated counts once. */
  readonly characters: number;
}

/** A plugin with one bug, which no call with made-up samples meets. Its main.go says what it is. */
export interface PlantedBug {
  /** Below examples/go/planted and examples/bin/planted. */
  readonly name: string;
  /** The name or the file of its contract, from the root of the repository. */
  readonly contract: string;
  /** The key that must be found; where a bug honestly breaks two promises, one of these. */
  readonly findings: readonly [string, ...string[]];
  /** The smallest input that brings the bug out, as people see it. */
  readonly minimal: readonly PlantedStep[];
  /** What a shrunk input may have at most. */
  readonly bound: InputSize;
  /** Whether the smallest input brings it out each time: not where it is a matter of two calls’ timing. */
  readonly deterministic: boolean;
}

const IGLU = 'iglu';
const HOOKS = 'examples/contracts/hooks.json';

/** Of the longest text that is generated, in characters. */
const MEBIBYTE = 2 ** 20;

function update(...settings: { Key?: string; Value?: string; UserID?: string }[]): PlantedCall {
  const Configuration = settings.map(({ Key = '', Value = '', UserID = '' }) => ({ Key, Value, UserID }));
  return { method: 'OnConfigurationUpdate', args: { Configuration } };
}

const SWITCH_ON: PlantedCall = { method: 'OnDeviceToggle', args: { Id: 'lamp-hall', Status: true } };

function command(Command: string): PlantedCall {
  return { method: 'ExecuteCommand', args: { Command, UserId: '', ChannelId: '', TeamId: '' } };
}

export const PLANTED: readonly PlantedBug[] = [
  {
    name: 'empty-user-id',
    contract: IGLU,
    findings: ['fuzz/process-lives@OnConfigurationUpdate'],
    minimal: [{ calls: [update({})] }],
    bound: { calls: 1, characters: 60 },
    deterministic: true,
  },
  {
    name: 'writes-nil-map',
    contract: HOOKS,
    findings: ['fuzz/process-lives@MergeProps'],
    minimal: [
      { calls: [{ method: 'MergeProps', args: { Old: { $map: [] }, Updated: { $map: [['', '']] } } }] },
    ],
    bound: { calls: 1, characters: 60 },
    deterministic: true,
  },
  {
    name: 'map-without-lock',
    contract: IGLU,
    findings: ['fuzz/process-lives@OnDeviceToggle'],
    minimal: [{ calls: [SWITCH_ON, SWITCH_ON] }],
    // Two that really overlap are enough: a few more make that likelier.
    bound: { calls: 8, characters: 160 },
    deterministic: false,
  },
  {
    name: 'integer-overflow',
    contract: HOOKS,
    findings: ['fuzz/process-lives@DisplayNames'],
    // The least number whose product with 2654435761 is beyond int64, and leaves a remainder of seven.
    minimal: [{ calls: [{ method: 'DisplayNames', args: [3474701545] }] }],
    bound: { calls: 1, characters: 40 },
    deterministic: true,
  },
  {
    name: 'error-gob-cannot-send',
    contract: IGLU,
    findings: ['fuzz/connection-lives@OnDeviceToggle'],
    minimal: [{ calls: [SWITCH_ON] }, { calls: [SWITCH_ON] }],
    bound: { calls: 2, characters: 80 },
    deterministic: true,
  },
  {
    name: 'slice-kept',
    contract: HOOKS,
    findings: ['fuzz/stays-stable@Implemented'],
    minimal: [
      { calls: [{ method: 'Implemented', args: null }] },
      { calls: [command('')] },
      { calls: [{ method: 'Implemented', args: null }] },
    ],
    bound: { calls: 3, characters: 75 },
    deterministic: true,
  },
  {
    name: 'lock-never-released',
    contract: IGLU,
    findings: ['fuzz/answers-in-time@OnConfigurationUpdate'],
    minimal: [{ calls: [update({})] }, { calls: [update()] }],
    bound: { calls: 2, characters: 90 },
    deterministic: true,
  },
  {
    name: 'quadratic-time',
    contract: HOOKS,
    // The same function is behind each of these hooks.
    findings: [
      'fuzz/answers-in-time@CountWords',
      'fuzz/answers-in-time@ExecuteCommand',
      'fuzz/answers-in-time@MessageWillBePosted',
      'fuzz/answers-in-time@ChannelStats',
      'fuzz/answers-in-time@RankUsers',
      'fuzz/answers-in-time@HasPermission',
      'fuzz/answers-in-time@UserHasLoggedIn',
      'fuzz/answers-in-time@MergeProps',
    ],
    minimal: [{ calls: [{ method: 'CountWords', args: 'a'.repeat(MEBIBYTE) }] }],
    // Each try of a shorter text costs a whole time limit: that one text is left, and nothing else, is what counts.
    bound: { calls: 1, characters: MEBIBYTE + 300 },
    deterministic: true,
  },
  {
    name: 'file-left-open',
    contract: IGLU,
    findings: ['fuzz/descriptors@OnDeviceToggle'],
    // One call leaves one file: only many of them say that it has no end.
    minimal: [{ calls: [SWITCH_ON], times: 16 }],
    bound: { calls: 32, characters: 40 },
    deterministic: true,
  },
  {
    name: 'wrong-caller',
    contract: HOOKS,
    // Whoever asks again, alone, gets another answer: both are true of it.
    findings: ['fuzz/own-answers@Convert', 'fuzz/stays-stable@Convert'],
    minimal: [
      {
        calls: [
          { method: 'Convert', args: { Value: 0, From: 'celsius', To: 'fahrenheit' } },
          { method: 'Convert', args: { Value: 0, From: 'celsius', To: 'kelvin' } },
        ],
      },
    ],
    bound: { calls: 2, characters: 120 },
    deterministic: false,
  },
  {
    name: 'not-utf8',
    contract: HOOKS,
    findings: ['fuzz/process-lives@HasPermission'],
    minimal: [
      {
        calls: [
          {
            method: 'HasPermission',
            args: {
              User: { Id: 0, Username: '', Roles: [{ $string: 'gA==' }], LastSeen: 0, Bot: false },
              Permission: '',
            },
          },
        ],
      },
    ],
    bound: { calls: 1, characters: 125 },
    deterministic: true,
  },
  {
    name: 'three-in-order',
    contract: IGLU,
    findings: ['fuzz/process-lives@OnConfigurationUpdate'],
    minimal: [{ calls: [update({})] }, { calls: [SWITCH_ON] }, { calls: [update()] }],
    bound: { calls: 3, characters: 120 },
    deterministic: true,
  },
];

/** Plugins that keep their promises, by the names of proofSubjects. */
export const CONFORMING: readonly string[] = [
  'demo',
  'counter',
  'go/amazing',
  'go/lamp',
  'go/once',
  'go/hooks',
  'go/greeter-1.8.0/plugin',
  'go/greeter-1.4.0/plugin',
];

/** The size of an input by the same measure as {@link PlantedBug.bound}. */
export function sizeOf(steps: readonly PlantedStep[]): InputSize {
  let calls = 0;
  let characters = 0;
  for (const step of steps) {
    calls += step.calls.length * (step.times ?? 1);
    for (const { args } of step.calls) characters += JSON.stringify(args).length;
  }
  return { calls, characters };
}
