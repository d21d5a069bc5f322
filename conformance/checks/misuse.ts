import { STRING } from '../../harness/gob/index.js';
import { NO_SUCH_METHOD, wrongArguments, type CallOutcome } from '../subject/index.js';
import type { CheckOutcome, MethodCheck, PluginCheck } from './check.js';
import { DISPENSED } from './needs.js';
import { evidenceOf, failed, notApplicable, passed } from './outcomes.js';

const EXPECTED = 'an error, and a connection that goes on';

/** What is wrong with an answer to a call that no plugin can serve; `undefined` when it is as it should be. */
function judge(
  call: CallOutcome,
  what: string,
): Omit<Extract<CheckOutcome, { expected: string }>, 'outcome' | 'evidence'> | undefined {
  if (call.kind === 'error') return undefined;
  if (call.kind === 'reply') {
    return {
      message: `The plugin answers ${what} as if all were well.`,
      expected: EXPECTED,
      actual: 'a reply',
    };
  }
  return {
    message: call.kind === 'lost' ? call.loss.text : `The plugin does not answer ${what} at all.`,
    expected: EXPECTED,
    actual: call.text,
    byTime: call.kind === 'timeout',
  };
}

const unknownMethod: PluginCheck = {
  id: 'interface/unknown-method',
  target: 'plugin',
  title: 'A call of a method that it does not have is answered with an error, and the connection goes on',
  level: 'must',
  needs: DISPENSED,
  reference: 'net/rpc server.go, readRequestHeader: rpc: can’t find method',
  why: 'A newer host asks an older plugin whether it has a method; that must not cost it the connection.',
  fix: 'Read and drop the arguments of an unknown method, and answer with an error.',
  async run({ subject }) {
    const [target] = subject.targets;
    if (!target) return notApplicable('the contract has no methods');
    return subject.withSession(async (session) => {
      // Text, never nil: a nil argument to a missing method hangs stock net/rpc.
      const call = await session.callRaw(
        target.plugin,
        NO_SUCH_METHOD,
        STRING,
        'iglu-conformance',
        subject.budgets.timeoutMs,
      );
      const wrong = judge(call, 'a method that does not exist');
      if (wrong) return failed({ ...wrong, evidence: evidenceOf(session.plugin) });
      const again = await session.callRaw(
        target.plugin,
        NO_SUCH_METHOD,
        STRING,
        'iglu-conformance',
        subject.budgets.timeoutMs,
      );
      const after = judge(again, 'a second such call');
      return after ? failed({ ...after, evidence: evidenceOf(session.plugin) }) : passed();
    });
  },
};

const wrongArgument: MethodCheck = {
  id: 'interface/wrong-argument',
  target: 'method',
  title: 'Arguments of a wrong type are answered with an error, and the connection goes on',
  level: 'must',
  needs: [...DISPENSED, 'interface/registered'],
  reference: 'net/rpc server.go, readRequest; encoding/gob decode.go',
  why: 'A host of another version of the interface must get an error, not a dead plugin or an answer to a question it did not ask.',
  fix: 'Check the type of the arguments before the method runs; gob in Go does so by itself.',
  async run({ subject }, target) {
    const { registered } = await subject.observe(target, 0);
    if (!registered) return notApplicable('the plugin does not register this method');
    if (!subject.mayRepeat(target)) return notApplicable('it may be called only once');
    const { type, value } = wrongArguments(target.method.args);
    return subject.withSession(async (session) => {
      const call = await session.callRaw(
        target.plugin,
        target.method.name,
        type,
        value,
        subject.budgets.timeoutMs,
      );
      const wrong = judge(call, 'arguments of a wrong type');
      if (wrong) return failed({ ...wrong, evidence: evidenceOf(session.plugin) });
      // Said once more, to the same connection: it has to be there still.
      const again = await session.callRaw(
        target.plugin,
        target.method.name,
        type,
        value,
        subject.budgets.timeoutMs,
      );
      const after = judge(again, 'arguments of a wrong type, the second time,');
      return after ? failed({ ...after, evidence: evidenceOf(session.plugin) }) : passed();
    });
  },
};

export const MISUSE_CHECKS = [unknownMethod, wrongArgument];
