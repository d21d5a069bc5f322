import { InterfaceValue, toJson, type Value } from '../../harness/value/index.js';
import type { GobType } from '../../harness/gob/index.js';
import { callsOf } from '../subject/index.js';
import type { MethodCheck } from './check.js';
import { DISPENSED } from './needs.js';
import { evidenceOf, failed, notApplicable, passed, show } from './outcomes.js';

const WAYS_OUT =
  'Register one shared error type on both sides (gob.Register in the interface package, and list it under errorTypes in the contract), or carry the error as text: return it from the RPC method itself, and it travels as rpc.ServerError.';

const reachTheHost: MethodCheck = {
  id: 'errors/reach-the-host',
  target: 'method',
  title: 'An error that the method returns reaches the host, and the connection lives on',
  level: 'must',
  needs: [...DISPENSED, 'interface/registered'],
  reference: 'encoding/gob, Register; mattermost/mattermost-server#9405, #9992; mattermost-plugin-remind#101',
  why: 'gob cannot send a concrete error type that is not registered on both sides: instead of the error the host gets a dead connection to a live process.',
  fix: WAYS_OUT,
  async run({ subject, attempt }, target) {
    const observation = await subject.observe(target, attempt);
    const { session } = observation;
    if (!observation.registered) return notApplicable('the plugin does not register this method');
    let heard = false;
    for (const call of callsOf(observation)) {
      const evidence = (): ReturnType<typeof evidenceOf> =>
        evidenceOf(session.plugin, { arguments: toJson(call.args) });
      if (call.kind === 'lost' && call.loss.cause === 'gob') {
        return failed({
          message: call.loss.text,
          expected: 'the error, as a registered type or as text',
          actual: `${call.text} The process lives on, and its host takes it for running.`,
          evidence: evidence(),
        });
      }
      if (call.kind === 'error') heard = true;
      if (call.kind !== 'reply') continue;
      for (const value of interfaceValues(call.reply.sent.value, target.method.reply)) {
        heard = true;
        if (subject.contract.errorTypes.has(value.typeName) || BASIC_TYPES.has(value.typeName)) continue;
        return failed({
          message: `The plugin sends the type ${JSON.stringify(value.typeName)}, which hosts of this contract do not know: their gob ends the connection with “name not registered for interface”.`,
          expected:
            subject.contract.errorTypes.size > 0
              ? `one of ${[...subject.contract.errorTypes.keys()].join(', ')}`
              : 'no error value: the contract lists no error types',
          actual: show(value),
          evidence: evidence(),
        });
      }
    }
    return heard ? passed() : notApplicable('no call of it returned an error');
  },
};

/** Names that encoding/gob registers by itself (type.go, registerBasics): every host decodes these. */
const BASIC_TYPES: ReadonlySet<string> = new Set(
  [
    'int',
    'int8',
    'int16',
    'int32',
    'int64',
    'uint',
    'uint8',
    'uint16',
    'uint32',
    'uint64',
    'float32',
    'float64',
    'complex64',
    'complex128',
    'uintptr',
    'bool',
    'string',
  ].flatMap((name) => [name, `[]${name}`]),
);

/** All interface values of a reply, however deep. A method whose whole reply is an interface has none to register. */
function interfaceValues(value: Value, declared: GobType): InterfaceValue[] {
  const found: InterfaceValue[] = [];
  const queue: Value[] = declared.kind === 'interface' ? [] : [value];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (next === null || typeof next !== 'object' || next instanceof Uint8Array) continue;
    if (next instanceof InterfaceValue) {
      found.push(next);
      queue.push(next.value);
    } else if (next instanceof Map) queue.push(...next.keys(), ...next.values());
    else if (Array.isArray(next)) for (const item of next) queue.push(item);
    else if (Object.getPrototypeOf(next) === Object.prototype)
      queue.push(...Object.values(next as Record<string, Value>));
  }
  return found;
}

export const ERRORS_CHECKS = [reachTheHost];
