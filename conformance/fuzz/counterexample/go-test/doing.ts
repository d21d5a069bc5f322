import { PLUGIN_SERVICE } from '../../../../harness/netrpc/index.js';
import type { BodyParts } from './body.js';
import { goString } from './go-string.js';
import { aligned } from './go-types.js';

/** The type of a call. */
export function callType({ calls, comparing }: BodyParts): string[] {
  const hasCallers = calls.flat().some(({ call }) => call.caller !== undefined);
  const fields: (readonly [string, string])[] = [
    ['on', '*rpc.Client'],
    ...(hasCallers ? [['caller', 'int'] as const] : []),
    ...(comparing.questions || comparing.alone ? [['question', 'int'] as const] : []),
    ['method', 'string'],
    ['args', 'any'],
    ['reply', 'any'],
  ];
  return ['type call struct {', ...aligned(fields).trimEnd().split('\n'), '}'];
}

/** Waits for an answer, and ends the test where none comes. */
export const AWAIT = [
  'await := func(made *rpc.Call) {',
  '\tselect {',
  '\tcase <-made.Done:',
  '\t\tmade.Done <- made',
  '\tcase <-time.After(timeout):',
  '\t\tt.Fatalf("%s is not answered within %v", made.ServiceMethod, timeout)',
  '\t}',
  '\tvar said rpc.ServerError',
  '\tif made.Error != nil && !errors.As(made.Error, &said) {',
  '\t\tt.Fatalf("%s is not answered: %v", made.ServiceMethod, made.Error)',
  '\t}',
  '}',
];

/** The function that does a step: its calls in flight together, a caller’s one after the other. */
export function doing({ calls, comparing, context }: BodyParts): string[] {
  const hasCallers = calls.flat().some(({ call }) => call.caller !== undefined);
  const makesArgs = calls
    .flat()
    .some(({ call, method }) => call.taken.length > 0 || method.brokerIds.length > 0);
  const { questions, bad } = comparing;
  return [
    ...(questions ? ['first := map[int]*rpc.Call{}'] : []),
    ...(bad ? [`var badReply ${bad.type} = ${bad.literal}`, 'bad := &rpc.Call{Reply: &badReply}'] : []),
    '// do makes calls that are in flight together, and waits for all answers.',
    'do := func(calls ...call) []*rpc.Call {',
    ...(hasCallers ? ['\tlast := map[int]*rpc.Call{}'] : []),
    '\tvar all []*rpc.Call',
    '\tfor _, c := range calls {',
    ...(hasCallers
      ? ['\t\tif before := last[c.caller]; c.caller != 0 && before != nil {', '\t\t\tawait(before)', '\t\t}']
      : []),
    '\t\targs := c.args',
    ...(makesArgs ? ['\t\tif build, ok := args.(func() any); ok {', '\t\t\targs = build()', '\t\t}'] : []),
    '\t\treply := reflect.New(reflect.TypeOf(c.reply).Elem()).Interface()',
    `\t\tmade := c.on.Go("${PLUGIN_SERVICE}."+c.method, args, reply, make(chan *rpc.Call, 1))`,
    ...(hasCallers ? ['\t\tlast[c.caller] = made'] : []),
    '\t\tall = append(all, made)',
    '\t}',
    questions ? '\tfor i, made := range all {' : '\tfor _, made := range all {',
    '\t\tawait(made)',
    '\t\tt.Logf("%s: %s", made.ServiceMethod, shown(made))',
    ...(questions ? QUESTIONS : []),
    ...(bad
      ? [
          `\t\tif made.ServiceMethod == ${goString(`${PLUGIN_SERVICE}.${bad.method}`)} && same(made, bad) {`,
          '\t\t\tt.Errorf("%s still answers %s", made.ServiceMethod, shown(made))',
          '\t\t}',
        ]
      : []),
    ...context.sources.flatMap(({ method, fill }) => [
      `\t\tif made.ServiceMethod == ${goString(`${PLUGIN_SERVICE}.${method.name}`)} && made.Error == nil {`,
      `\t\t\treply := made.Reply.(*${context.types.text(method.reply, `${method.name}Reply`)})`,
      ...fill.map((line) => `\t\t\t${line}`),
      '\t\t}',
    ]),
    '\t}',
    '\treturn all',
    '}',
  ];
}

const QUESTIONS = [
  '\t\tif number := calls[i].question; number > 0 {',
  '\t\t\tif before := first[number]; before == nil {',
  '\t\t\t\tfirst[number] = made',
  '\t\t\t} else if !same(before, made) {',
  '\t\t\t\tt.Errorf("%s answered %s before", made.ServiceMethod, shown(before))',
  '\t\t\t}',
  '\t\t}',
];
