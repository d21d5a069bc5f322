import type { Reply } from '../../harness/client/index.js';
import { typeToString } from '../../harness/gob/index.js';
import { toJson, type Value } from '../../harness/value/index.js';
import {
  interfaceValues,
  isKnownType,
  type CallOutcome,
  type MethodTarget,
  type PluginSession,
  type Subject,
} from '../subject/index.js';
import type { Breach } from './breach.js';

/** What a single answer breaks, if it breaks anything. */
export function judgeOutcome(
  subject: Subject,
  session: PluginSession,
  target: MethodTarget,
  outcome: CallOutcome,
): Breach | undefined {
  const broken = brokenBy(subject, target, outcome);
  return broken && { ...broken, target: target.name, plugin: session.plugin };
}

type Broken = Omit<Breach, 'target' | 'plugin'>;

function brokenBy(subject: Subject, target: MethodTarget, outcome: CallOutcome): Broken | undefined {
  if (outcome.kind === 'reply') return brokenByReply(subject, target, outcome.reply);
  if (outcome.kind === 'lost') return brokenByLoss(outcome);
  if (outcome.kind === 'error') return undefined;
  return {
    promise: 'answers-in-time',
    message: outcome.text,
    expected: `a reply or an error within ${subject.budgets.timeoutMs} ms`,
    actual: 'no answer',
  };
}

function brokenByLoss({ loss: { cause, text }, text: actual }: CallOutcome & { kind: 'lost' }): Broken {
  const died = cause === 'panic' || cause === 'exit';
  return {
    promise: died ? 'process-lives' : 'connection-lives',
    message: text,
    expected: died ? 'a process that goes on' : 'a connection that goes on',
    actual,
  };
}

function brokenByReply(
  { contract }: Subject,
  { method }: MethodTarget,
  { differences, value, sent }: Reply,
): Broken | undefined {
  const broken = (message: string, expected: string, actual: string): Broken => ({
    promise: 'replies',
    message,
    expected,
    actual,
    reply: toJson(sent.value),
  });
  const difference = differences.find(({ kind }) => kind === 'incompatible');
  if (difference || value === undefined) {
    return broken(
      `Another kind of value than the contract’s is sent in ${difference?.path || 'the reply itself'}.`,
      difference?.expected ? typeToString(difference.expected) : 'the contract’s type',
      typeToString(difference?.sent ?? sent.type),
    );
  }
  const unknown = interfaceValues(sent.value, method.reply).find((each) => !isKnownType(each, contract));
  if (unknown) {
    return broken(
      `The plugin sends the type ${JSON.stringify(unknown.typeName)}, which hosts of this contract do not know: their gob ends the connection.`,
      'a type of the contract’s errorTypes, or no error value',
      show(unknown),
    );
  }
  const violations = method.violationsOfReply(value);
  const [first] = violations;
  if (!first) return undefined;
  return broken(
    violations.map(({ message }) => message).join('; '),
    `${first.path || '/'} fits the contract (${first.rule})`,
    first.actual === undefined ? show(value) : JSON.stringify(first.actual),
  );
}

/** How much of a value stands in a sentence, in characters. */
const SHOWN = 300;

export function show(value: Value): string {
  const text = JSON.stringify(toJson(value));
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}… (${text.length} characters)` : text;
}
