import { typeToString, type TypeDifference } from '../../harness/gob/index.js';
import type { Violation } from '../../harness/contract/index.js';
import { toJson, type Value } from '../../harness/value/index.js';
import {
  callsOf,
  sameAnswer,
  type CallOutcome,
  type MethodObservation,
  type MethodTarget,
} from '../subject/index.js';
import type { CheckContext, CheckOutcome, Evidence, Level, MethodCheck } from './check.js';
import { DISPENSED } from './needs.js';
import { evidenceOf, failed, notApplicable, passed, show } from './outcomes.js';

const NOT_REGISTERED = 'the plugin does not register this method';
const NO_REPLY = 'the method answers with an error, not with a reply';

/** The observation of a registered method, or the outcome that says why there is none. */
async function observed(
  { subject, attempt }: CheckContext,
  target: MethodTarget,
): Promise<MethodObservation | CheckOutcome> {
  const observation = await subject.observe(target, attempt);
  return observation.registered ? observation : notApplicable(NOT_REGISTERED);
}

function evidenceOfCall(observation: MethodObservation, args: Value, call?: CallOutcome): Evidence {
  return evidenceOf(observation.session.plugin, {
    arguments: toJson(args),
    ...(call?.kind === 'reply' ? { reply: toJson(call.reply.sent.value) } : {}),
  });
}

const registered: MethodCheck = {
  id: 'interface/registered',
  target: 'method',
  title: 'The method is there',
  level: 'must',
  needs: DISPENSED,
  reference: 'net/rpc server.go, readRequestHeader: rpc: can’t find method; golang/go#65190',
  why: 'A host that calls a missing method with a nil argument hangs, and its next call is corrupted.',
  fix: 'Implement the method on the type that Plugin.Server returns: exported, two arguments, the second a pointer, returning error.',
  async run({ subject, attempt }, target) {
    const { registered: there, probe, session } = await subject.observe(target, attempt);
    if (there) return passed();
    if (!target.required) return notApplicable('optional, and not registered');
    return failed({
      message: `The contract requires ${target.method.name}, and the plugin does not have it.`,
      expected: `Plugin.${target.method.name} is registered`,
      actual: probe.kind === 'error' ? probe.text : probe.kind,
      evidence: evidenceOf(session.plugin),
    });
  },
};

const replies: MethodCheck = {
  id: 'interface/replies',
  target: 'method',
  title: 'Called with valid arguments, the method answers in time',
  level: 'must',
  needs: [...DISPENSED, 'interface/registered', 'errors/reach-the-host'],
  reference: 'net/rpc client.go, Call has no deadline; go-plugin: a panic in a handler ends the process',
  why: 'The host waits for ever, or loses the plugin with everything else that was in flight.',
  fix: 'Answer every valid call; recover from panics; put a limit on what the method waits for.',
  async run(context, target) {
    const seen = await observed(context, target);
    if ('outcome' in seen) return seen;
    // Without arguments there is nothing that the caller could have got wrong.
    if (target.required && !target.method.hasArgs && seen.first?.kind === 'error') {
      return failed({
        message: 'A method that every host needs, and that takes no arguments, answers with an error.',
        expected: 'a reply',
        actual: `an error: ${seen.first.text}`,
        evidence: evidenceOfCall(seen, seen.first.args),
      });
    }
    for (const call of callsOf(seen)) {
      if (call.kind === 'reply' || call.kind === 'error') continue;
      const timedOut = call.kind === 'timeout';
      return failed({
        message: timedOut ? call.text : call.loss.text,
        expected: `a reply or an error within ${context.subject.budgets.timeoutMs} ms`,
        actual: timedOut ? 'no answer' : call.text,
        evidence: evidenceOfCall(seen, call.args),
        byTime: timedOut,
      });
    }
    return passed();
  },
};

/** A check on how the type that is really sent differs from the contract's. */
function typeCheck(details: {
  id: MethodCheck['id'];
  kind: TypeDifference['kind'];
  title: string;
  level: Level;
  why: string;
  fix: string;
  message: string;
}): MethodCheck {
  const { kind, message, ...facts } = details;
  return {
    ...facts,
    target: 'method',
    needs: [
      ...DISPENSED,
      'interface/registered',
      'interface/replies',
      ...(kind === 'incompatible' ? [] : ['interface/reply-type']),
    ],
    reference: 'encoding/gob decode.go, compatibleType: fields are matched by name, kinds have to agree',
    async run(context, target) {
      const seen = await observed(context, target);
      if ('outcome' in seen) return seen;
      const calls = callsOf(seen).filter((call) => call.kind === 'reply');
      if (calls.length === 0) return notApplicable(NO_REPLY);
      for (const call of calls) {
        const differences = call.reply.differences.filter((difference) => difference.kind === kind);
        const [first] = differences;
        if (!first) continue;
        return failed({
          message: `${message} ${differences.map(({ path }) => path || 'the reply itself').join(', ')}.`,
          expected: first.expected
            ? `${first.path || 'reply'}: ${typeToString(first.expected)}`
            : `no field ${first.path}`,
          actual: first.sent
            ? `${first.path || 'reply'}: ${typeToString(first.sent)}`
            : `no field ${first.path}`,
          evidence: evidenceOfCall(seen, call.args, call),
        });
      }
      return passed();
    },
  };
}

const replyType = typeCheck({
  id: 'interface/reply-type',
  kind: 'incompatible',
  title: 'What it sends can be decoded by a host of the contract',
  level: 'must',
  why: 'The host’s gob decoder refuses the reply: “wrong type for received field”.',
  fix: 'Build the plugin with the same version of the interface as the host.',
  message: 'Another kind of value than the contract’s is sent in:',
});

const missingField = typeCheck({
  id: 'interface/missing-field',
  kind: 'missing',
  title: 'Its reply has every field that the contract has',
  level: 'should',
  why: 'The host sees a zero value and cannot tell that the plugin does not know the field: another version of the interface.',
  fix: 'Build the plugin against the current interface package.',
  message: 'The plugin’s type of the reply lacks:',
});

const extraField = typeCheck({
  id: 'interface/extra-field',
  kind: 'extra',
  title: 'Its reply has no field that the contract does not have',
  level: 'may',
  why: 'Hosts drop what they do not know: what the plugin says there is never heard.',
  fix: 'Add the field to the contract, or take it out of the reply.',
  message: 'The plugin’s type of the reply has fields that hosts do not know:',
});

/** A check on values, by the contract's JSON Schema. */
function valueCheck(details: {
  id: MethodCheck['id'];
  title: string;
  level: Level;
  why: string;
  fix: string;
  readonly violations: (target: MethodTarget, value: Value) => readonly Violation[];
  /** Why it does not apply, if it does not. */
  readonly idle?: (target: MethodTarget) => string | undefined;
}): MethodCheck {
  const { violations, idle, ...facts } = details;
  return {
    ...facts,
    target: 'method',
    needs: [...DISPENSED, 'interface/registered', 'interface/replies', 'interface/reply-type'],
    reference: 'the contract: JSON Schema of the method’s reply',
    async run(context, target) {
      const reason = idle?.(target);
      if (reason) return notApplicable(reason);
      const seen = await observed(context, target);
      if ('outcome' in seen) return seen;
      let judged = 0;
      for (const call of callsOf(seen)) {
        if (call.kind !== 'reply' || call.reply.value === undefined) continue;
        judged += 1;
        const found = violations(target, call.reply.value);
        const [first] = found;
        if (!first) continue;
        return failed({
          message: found.map((violation) => violation.message).join('; '),
          expected: `${first.path || '/'} fits the contract (${first.rule})`,
          actual: first.actual === undefined ? show(call.reply.value) : JSON.stringify(first.actual),
          evidence: evidenceOfCall(seen, call.args, call),
        });
      }
      return judged === 0 ? notApplicable(NO_REPLY) : passed();
    },
  };
}

const replyValues = valueCheck({
  id: 'interface/reply-values',
  title: 'What it answers is what the contract says',
  level: 'must',
  why: 'Hosts are written against the contract and rely on it: a pattern that is not RE2 makes one panic, a key that stands twice loses a setting.',
  fix: 'Answer with values that the contract allows; the message names the field.',
  violations: (target, value) => target.method.violationsOfReply(value),
});

const conventions = valueCheck({
  id: 'interface/conventions',
  title: 'What it answers keeps to the contract’s conventions',
  level: 'should',
  why: 'It works; people and marketplaces expect better: an id that can stand in a file name, a version that can be compared.',
  fix: 'Follow the convention that the message names.',
  violations: (target, value) => target.method.conventionsOfReply(value),
  idle: (target) =>
    target.method.hasConventions ? undefined : 'the contract has no conventions for this reply',
});

const stable: MethodCheck = {
  id: 'interface/stable',
  target: 'method',
  title: 'Asked twice, it answers the same',
  level: 'must',
  needs: [...DISPENSED, 'interface/registered', 'interface/replies', 'interface/reply-type'],
  reference:
    'the contract: stable; the seed’s host caches the manifest so that it can be shown after a crash',
  why: 'Hosts keep such an answer and show it for ever; what they keep would be wrong.',
  fix: 'Compute the answer from what does not change; sort what comes out of a map.',
  async run(context, target) {
    const { subject } = context;
    if (!target.method.stable) return notApplicable('the contract does not call it stable');
    if (!subject.mayRepeat(target)) return notApplicable('it may be called only once');
    const seen = await observed(context, target);
    if ('outcome' in seen) return seen;
    const { first } = seen;
    if (first?.kind !== 'reply' || first.reply.value === undefined) return notApplicable(NO_REPLY);
    const before = first.reply.value;
    return subject.withSession(async (session) => {
      for (let again = 0; again < 3; again++) {
        const call = await session.call(target, first.args, subject.budgets.timeoutMs);
        if (
          call.kind === 'reply' &&
          call.reply.value !== undefined &&
          sameAnswer(before, call.reply.value, target.method.unordered)
        )
          continue;
        return failed({
          message: 'The same call gave another answer.',
          expected: show(before),
          actual: call.kind === 'reply' ? show(call.reply.sent.value) : call.text,
          evidence: evidenceOf(session.plugin, { arguments: toJson(first.args) }),
          byTime: call.kind === 'timeout',
        });
      }
      return passed();
    });
  },
};

export const INTERFACE_CHECKS = [
  registered,
  replies,
  replyType,
  missingField,
  extraField,
  replyValues,
  conventions,
  stable,
];
