import type { MethodContract } from '../../../../harness/contract/index.js';
import type { GobType } from '../../../../harness/gob/index.js';
import { toJson } from '../../../../harness/value/index.js';
import type { Call, Step } from '../../call.js';
import { goString } from './go-string.js';
import { goLiteral, goValue, pathKey, type LiteralContext } from './go-literal.js';
import type { GoSource } from './sources.js';

/** A call as it is written. */
export interface GoCall {
  readonly call: Call;
  readonly method: MethodContract;
  /** Calls of one number have to be answered alike; 0 where that cannot be said. */
  readonly question: number;
}

/** What calls are written with. */
export interface CallContext extends LiteralContext {
  /** The variable of the client that a plugin is called on. */
  readonly client: (plugin: string) => string;
  /** The expression that serves a host service, and is the broker id of it. */
  readonly serve: (plugin: string, service: string) => string;
  readonly sources: readonly GoSource[];
}

/** Numbers the questions: the same arguments for the same method are the same one. */
export function numbered(steps: readonly Step[], methodOf: (call: Call) => MethodContract): GoCall[][] {
  const questions = new Map<string, number>();
  return steps.map(({ calls }) =>
    calls.map((call) => {
      const method = methodOf(call);
      if (!method.stable || method.unordered) return { call, method, question: 0 };
      const key = JSON.stringify([call.plugin, call.method, toJson(call.args)]);
      const question = questions.get(key) ?? questions.size + 1;
      questions.set(key, question);
      return { call, method, question };
    }),
  );
}

/** `{on: iglu, method: "GetDeviceStatus", args: GetDeviceStatusArgs{UniqueID: ""}, reply: new(GetDeviceStatusReply)}` */
export function goCall(
  { call, method, question }: GoCall,
  context: CallContext,
  asksQuestions: boolean,
): string {
  const fields = [
    `on: ${context.client(call.plugin)}`,
    ...(call.caller === undefined ? [] : [`caller: ${call.caller + 1}`]),
    ...(asksQuestions && question > 0 ? [`question: ${question}`] : []),
    `method: ${goString(call.method)}`,
    `args: ${argsOf(call, method, context)}`,
    `reply: new(${context.types.text(method.reply, `${call.method}Reply`)})`,
  ];
  return `{${fields.join(', ')}}`;
}

function argsOf(call: Call, method: MethodContract, context: CallContext): string {
  // As Go hosts pass nothing: a pointer to a nil interface.
  if (!method.hasArgs) return 'new(any)';
  const instead = new Map<string, string>();
  for (const { path, index } of call.taken) {
    const source = context.sources.find((each) => each.isFor(call, path));
    const leaf = source && leafOf(call.args, path);
    if (!source || leaf === undefined) continue;
    const then = goLiteral(leaf, source.type, `${call.method}Taken`, context);
    instead.set(pathKey(path), `${source.pick}(${index}, ${then})`);
  }
  for (const { path, service } of method.brokerIds) {
    const of = context.types.text(typeAt(method.args, path), 'BrokerId');
    instead.set(pathKey(path), `${of}(${context.serve(call.plugin, service)})`);
  }
  const text = goValue(call.args, method.args, `${call.method}Args`, context, instead);
  return instead.size === 0 ? text : `func() any {\n\treturn ${text}\n}`;
}

function typeAt(type: GobType, [field, ...rest]: readonly string[]): GobType {
  if (field === undefined || type.kind !== 'struct') return type;
  const next = type.fields.find(({ name }) => name === field);
  return next ? typeAt(next.type, rest) : type;
}

function leafOf(value: Call['args'], [field, ...rest]: readonly string[]): Call['args'] | undefined {
  if (field === undefined) return value;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field)) return undefined;
  return leafOf((value as Record<string, Call['args']>)[field] as Call['args'], rest);
}
