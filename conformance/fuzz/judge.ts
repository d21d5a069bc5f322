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
  { contract, budgets }: Subject,
  session: PluginSession,
  target: MethodTarget,
  outcome: CallOutcome,
): Breach | undefined {
  const found = { target: target.name, plugin: session.plugin };
  switch (outcome.kind) {
    case 'error':
      return undefined;
    case 'timeout':
      return {
        ...found,
        promise: 'answers-in-time',
        message: outcome.text,
        expected: `a reply or an error within ${budgets.timeoutMs} ms`,
        actual: 'no answer',
      };
    case 'lost': {
      const { cause, text } = outcome.loss;
      const died = cause === 'panic' || cause === 'exit';
      return {
        ...found,
        promise: died ? 'process-lives' : 'connection-lives',
        message: text,
        expected: died ? 'a process that goes on' : 'a connection that goes on',
        actual: outcome.text,
      };
    }
    case 'reply': {
      const { differences, value, sent } = outcome.reply;
      const broken = (message: string, expected: string, actual: string): Breach => ({
        ...found,
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
          difference?.sent ? typeToString(difference.sent) : typeToString(sent.type),
        );
      }
      const unknown = interfaceValues(sent.value, target.method.reply).find(
        (each) => !isKnownType(each, contract),
      );
      if (unknown) {
        return broken(
          `The plugin sends the type ${JSON.stringify(unknown.typeName)}, which hosts of this contract do not know: their gob ends the connection.`,
          'a type of the contract’s errorTypes, or no error value',
          show(unknown),
        );
      }
      const violations = target.method.violationsOfReply(value);
      const [first] = violations;
      if (!first) return undefined;
      return broken(
        violations.map(({ message }) => message).join('; '),
        `${first.path || '/'} fits the contract (${first.rule})`,
        first.actual === undefined ? show(value) : JSON.stringify(first.actual),
      );
    }
  }
}

/** How much of a value stands in a sentence, in characters. */
const SHOWN = 300;

export function show(value: Value): string {
  const text = JSON.stringify(toJson(value));
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}… (${text.length} characters)` : text;
}
