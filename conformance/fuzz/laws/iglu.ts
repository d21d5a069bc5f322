import type { Value } from '../../../harness/value/index.js';
import type { AnsweredCall, Law } from './law.js';

/** Methods that change no device’s status. */
const READS: ReadonlySet<string> = new Set([
  'GetManifest',
  'GetDeviceStatus',
  'GetAvailableDevices',
  'GetWebExtensions',
  'GetPluginConfiguration',
]);

const toggleSetsStatus: Law = {
  name: 'toggle-sets-status',
  title: 'After a toggle without error, the status of a device that it named is what was set',
  broken(last, before) {
    // Who got whose answer is another promise.
    if (last.method !== 'GetDeviceStatus' || !('reply' in last.answer) || !last.alone) return undefined;
    const id = field(last.args, 'UniqueID');
    const toggled = lastChange(last, before);
    if (toggled === undefined || field(toggled.args, 'Id') !== id || !isNamed(id, before)) return undefined;
    if (!('reply' in toggled.answer) || field(toggled.answer.reply, 'Err') !== null) return undefined;
    const [set, is] = [field(toggled.args, 'Status'), field(last.answer.reply, 'Status')];
    return set === is
      ? undefined
      : `OnDeviceToggle set ${JSON.stringify(id)} to ${JSON.stringify(set)} without an error, and GetDeviceStatus says ${JSON.stringify(is)}.`;
  },
  ask({ method, args, answer }) {
    if (method !== 'OnDeviceToggle' || !('reply' in answer)) return [];
    return [{ method: 'GetDeviceStatus', args: { UniqueID: field(args, 'Id') ?? '' } }];
  },
};

/** The last call that may have changed a status, if nothing else was in flight with it or with the question. */
function lastChange(last: AnsweredCall, before: readonly AnsweredCall[]): AnsweredCall | undefined {
  const change = before.findLast(({ method }) => !READS.has(method));
  if (change?.method !== 'OnDeviceToggle' || change.step === last.step) return undefined;
  const changes = before.filter(({ step, method }) => step === change.step && !READS.has(method));
  return changes.length === 1 ? change : undefined;
}

/** Whether the plugin’s last list of devices has it. */
function isNamed(id: Value | undefined, before: readonly AnsweredCall[]): boolean {
  const list = before.findLast(({ method }) => method === 'GetAvailableDevices')?.answer;
  const devices = list && 'reply' in list ? field(list.reply, 'Devices') : undefined;
  return (
    typeof id === 'string' &&
    Array.isArray(devices) &&
    devices.some((device) => field(device, 'UniqueID') === id)
  );
}

function field(value: Value, name: string): Value | undefined {
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return undefined;
  return (value as Record<string, Value>)[name];
}

/** What the methods of a device promise each other. */
export const IGLU_LAWS: readonly Law[] = [toggleSetsStatus];
