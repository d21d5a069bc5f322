import { toJson } from '../../harness/value/index.js';
import { callsOf, interfaceValues, isKnownType } from '../subject/index.js';
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
        if (isKnownType(value, subject.contract)) continue;
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

export const ERRORS_CHECKS = [reachTheHost];
