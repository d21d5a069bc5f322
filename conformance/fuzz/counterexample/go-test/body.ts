import type { Contract } from '../../../../harness/contract/index.js';
import type { Counterexample } from '../counterexample.js';
import type { ReplayFlags } from '../flags.js';
import { goCall, type CallContext, type GoCall } from './calls.js';
import type { Comparing } from './comparing.js';
import { AWAIT, callType, doing } from './doing.js';
import { duration, launching, pluginType } from './launching.js';

/** Everything that stands in the function. */
export interface BodyParts {
  readonly document: Counterexample;
  readonly contract: Contract;
  readonly command: readonly string[];
  readonly flags: ReplayFlags;
  readonly name: string;
  /** Names to dispense; the n-th one is the variable `on<n>`. */
  readonly plugins: readonly string[];
  /** What a host calls once, first of all. */
  readonly once: readonly GoCall[];
  readonly calls: readonly (readonly GoCall[])[];
  /** How often each step is done. */
  readonly times: readonly number[];
  readonly comparing: Comparing;
  readonly context: CallContext;
  readonly hasServices: boolean;
  readonly registrations: readonly string[];
}

/** A call is given up after this, in ms, unless the counterexample says otherwise. */
const TIMEOUT_MS = 10_000;

/** The statements of the test, a line each. */
export function bodyOf(parts: BodyParts): string[] {
  const { name, flags, registrations, context, hasServices, comparing } = parts;
  return [
    `const timeout = ${duration(flags.timeoutMs ?? TIMEOUT_MS)}`,
    ...registrations,
    ...launching(parts),
    '',
    ...context.sources.flatMap(({ declaration }) => declaration),
    ...(hasServices ? serving(name) : []),
    ...SHOWN,
    ...(comparing.questions || comparing.alone || comparing.bad ? SAME : []),
    ...callType(parts),
    ...AWAIT,
    ...doing(parts),
    '',
    ...steps(parts),
  ];
}

/** Serves a host service for the call that is given its broker id. */
function serving(name: string): string[] {
  return [
    `serve := func(on ${pluginType(name)}, service any) uint32 {`,
    '\tid := on.broker.NextId()',
    '\tgo on.broker.AcceptAndServe(id, service)',
    '\treturn id',
    '}',
  ];
}

const SHOWN = [
  'shown := func(made *rpc.Call) string {',
  '\treturn fmt.Sprintf("%+v, error %v", reflect.ValueOf(made.Reply).Elem(), made.Error)',
  '}',
];

/** NaN is not equal to itself, and reads like itself. */
const SAME = [
  'same := func(a, b *rpc.Call) bool {',
  '\treturn reflect.DeepEqual(a.Reply, b.Reply) && reflect.DeepEqual(a.Error, b.Error) || shown(a) == shown(b)',
  '}',
];

function steps({ once, calls, times, comparing, context }: BodyParts): string[] {
  const asks = comparing.questions;
  const begins: GoCall[] = [
    ...once,
    ...context.sources.map(({ plugin, method }) => ({
      call: { plugin, method: method.name, args: method.sampleArgs(), taken: [] },
      method,
      question: 0,
    })),
  ];
  const done = calls.flatMap((step, at) => {
    const isLast = at === calls.length - 1;
    const made = step.map((each) => `call${goCall(each, context, asks)}`);
    return repeated(comparing.alone && isLast ? alone(step, context) : together(made), times[at] ?? 1);
  });
  const made = calls.reduce((sum, step, at) => sum + step.length * (times[at] ?? 1), 0);
  return [
    ...begins.flatMap((each) => together([`call${goCall(each, context, false)}`])),
    ...(comparing.remark === undefined ? [] : [`// ${comparing.remark}`]),
    ...(comparing.descriptors ? counting(done, made) : done),
  ];
}

/** So many calls tell a leak from what comes and goes, and a leak is one of a call in twenty. */
const LEAKING_CALLS = 200;
const CALLS_OF_A_LEAK = 20;

/** Does it again and again, and counts open files before and after; the first time is not counted. */
function counting(lines: readonly string[], calls: number): string[] {
  const rounds = Math.ceil(LEAKING_CALLS / calls);
  return [
    'descriptors := func() int {',
    '\topen, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", client.ReattachConfig().Pid))',
    '\tif err != nil {',
    '\t\tt.Skipf("this system does not tell what a process has open: %v", err)',
    '\t}',
    '\treturn len(open)',
    '}',
    'round := func() {',
    ...lines.map((line) => `\t${line}`),
    '}',
    'round()',
    'before := descriptors()',
    `for n := 0; n < ${rounds}; n++ {`,
    '\tround()',
    '}',
    `if after := descriptors(); after-before >= ${Math.ceil((rounds * calls) / CALLS_OF_A_LEAK)} {`,
    `\tt.Errorf("it has %d files open after %d calls, and had %d", after, ${rounds * calls}, before)`,
    '}',
  ];
}

function together(calls: readonly string[]): string[] {
  const [only = '', ...more] = calls;
  if (more.length === 0) return `do(${only})`.split('\n');
  return ['do(', ...indented(calls.map((each) => `${each},`)), ')'];
}

/** The calls together, and then each of them that can be compared alone. */
function alone(step: readonly GoCall[], context: CallContext): string[] {
  const numberedCalls = step.map((each) => {
    const { stable, readOnly, hasArgs, unordered } = each.method;
    return { ...each, question: (stable || readOnly) && hasArgs && !unordered ? 1 : 0 };
  });
  return [
    'together := []call{',
    ...indented(numberedCalls.map((each) => `${goCall(each, context, true)},`)),
    '}',
    'for i, made := range do(together...) {',
    '\tif together[i].question == 0 {',
    '\t\tcontinue',
    '\t}',
    '\talone := do(together[i])[0]',
    '\tif !same(made, alone) {',
    '\t\tt.Errorf("%s(%+v): among others %s; alone %s", made.ServiceMethod, made.Args, shown(made), shown(alone))',
    '\t}',
    '}',
  ];
}

function indented(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split('\n')).map((line) => `\t${line}`);
}

function repeated(lines: readonly string[], times: number): string[] {
  if (times === 1) return [...lines];
  return [`for n := 0; n < ${times}; n++ {`, ...lines.map((line) => `\t${line}`), '}'];
}
