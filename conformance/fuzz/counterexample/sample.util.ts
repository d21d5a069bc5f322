import type { JsonValue } from '../../../harness/value/index.js';
import type { CallDocument, Counterexample } from './counterexample.js';

/** A call of the Iglu contract, unless another plugin is named. */
export function call(method: string, args: JsonValue, more: Partial<CallDocument> = {}): CallDocument {
  return { plugin: 'iglu_plugin', method, args, ...more };
}

/** The same for the hooks contract. */
export function hook(method: string, args: JsonValue, more: Partial<CallDocument> = {}): CallDocument {
  return { plugin: 'hooks', method, args, ...more };
}

/** A counterexample that somebody wrote by hand, with some things changed. */
export function counterexample(changes: Partial<Counterexample> = {}): Counterexample {
  return {
    schemaVersion: 1,
    kind: 'counterexample',
    tool: { name: 'iglu-conformance', version: '0.1.0' },
    key: 'fuzz/process-lives@GetDeviceStatus',
    contract: { name: 'iglu', sha256: null },
    subject: { command: ['examples/bin/bad/panics'], sha256: null },
    flags: [],
    origin: null,
    rate: { failed: 5, of: 5 },
    message: 'The plugin died of panic.',
    expected: 'a process that goes on',
    actual: 'the connection was closed',
    what: { kind: 'calls', steps: [{ calls: [call('GetDeviceStatus', { UniqueID: '' })] }] },
    tape: [],
    ...changes,
  };
}
