import { describe, expect, test } from 'vitest';
import type { Value } from '../../../harness/value/index.js';
import { IGLU_LAWS } from './iglu.js';
import type { AnsweredCall } from './law.js';

const [law] = IGLU_LAWS;

/** Steps from here on are of calls that are in flight together. */
const TOGETHER = 90;

let step = 0;
const answered = (method: string, args: Value, reply: Value, at = ++step): AnsweredCall => ({
  method,
  args,
  answer: { reply },
  step: at,
  alone: at < TOGETHER,
});
const devices = (): AnsweredCall =>
  answered('GetAvailableDevices', null, { Devices: [{ UniqueID: 'lamp' }, { UniqueID: 'fan' }] });
const toggle = (Id: string, Status: boolean, at?: number, Err: Value = null): AnsweredCall =>
  answered('OnDeviceToggle', { Id, Status }, { Err }, at);
const status = (UniqueID: string, Status: boolean, at?: number): AnsweredCall =>
  answered('GetDeviceStatus', { UniqueID }, { Status }, at);

function broken(...calls: AnsweredCall[]): string | undefined {
  const last = calls.at(-1) as AnsweredCall;
  return law?.broken(last, calls.slice(0, -1));
}

describe('after a toggle without error the status is what was set', () => {
  test('and not what it was', () => {
    expect(broken(devices(), toggle('lamp', true), status('lamp', true))).toBeUndefined();
    expect(broken(devices(), toggle('lamp', true), status('lamp', false))).toMatch(/set "lamp" to true/);
  });

  test.each<[string, () => AnsweredCall[]]>([
    ['the device was never named', () => [devices(), toggle('attic', true), status('attic', false)]],
    ['nobody knows the devices', () => [toggle('lamp', true), status('lamp', false)]],
    [
      'the toggle was refused',
      () => [devices(), toggle('lamp', true, undefined, 'no'), status('lamp', false)],
    ],
    ['another device was asked for', () => [devices(), toggle('lamp', true), status('fan', false)]],
    [
      'settings were changed meanwhile',
      () => [
        devices(),
        toggle('lamp', true),
        answered('OnConfigurationUpdate', { Configuration: [] }, null),
        status('lamp', false),
      ],
    ],
    [
      'it was asked while the toggle was in flight',
      () => [devices(), toggle('lamp', true, 90), status('lamp', false, 90)],
    ],
    [
      'two toggles were in flight, with a question between them',
      () => [
        devices(),
        toggle('lamp', true, 91),
        status('lamp', true, 91),
        toggle('lamp', false, 91),
        status('lamp', true),
      ],
    ],
  ])('unless %s', (_, calls) => {
    expect(broken(...calls())).toBeUndefined();
  });

  test('it is asked for after each toggle', () => {
    expect(law?.ask?.(toggle('lamp', true))).toEqual([
      { method: 'GetDeviceStatus', args: { UniqueID: 'lamp' } },
    ]);
    expect(law?.ask?.(status('lamp', true))).toEqual([]);
  });
});
