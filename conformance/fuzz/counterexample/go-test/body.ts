import type { Contract } from '../../../../harness/contract/index.js';
import { PLUGIN_SERVICE } from '../../../../harness/netrpc/index.js';
import type { Counterexample } from '../counterexample.js';
import type { ReplayFlags } from '../flags.js';
import { goCall, type CallContext, type GoCall } from './calls.js';
import type { Comparing } from './comparing.js';
import { goString } from './go-string.js';
import { aligned } from './go-types.js';

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

function launching({ contract, command, flags, name, plugins }: BodyParts): string[] {
  const { magicCookieKey, magicCookieValue, protocolVersions } = contract.handshake;
  const { key, value } = flags.cookie ?? { key: magicCookieKey, value: magicCookieValue };
  const cookie = `MagicCookieKey: ${goString(key)}, MagicCookieValue: ${goString(value)}`;
  const set = `plugin.PluginSet{${plugins.map((each) => `${goString(each)}: ${pluginType(name)}{}`).join(', ')}}`;
  const [version, ...more] = protocolVersions;
  const versions = protocolVersions.map((each) => `${each}: plugins`).join(', ');
  const env = Object.entries(flags.env).map(([variable, is]) => goString(`${variable}=${is}`));
  return [
    `command := []string{${command.map(goString).join(', ')}}`,
    'if path := os.Getenv("PLUGIN"); path != "" {',
    '\tcommand = []string{path}',
    '}',
    'config := &plugin.ClientConfig{Logger: hclog.NewNullLogger(), Stderr: os.Stderr}',
    'config.Cmd = exec.Command(command[0], command[1:]...)',
    ...(env.length === 0 ? [] : [`config.Cmd.Env = []string{${env.join(', ')}}`]),
    ...(flags.startTimeoutMs === undefined
      ? []
      : [`config.StartTimeout = ${duration(flags.startTimeoutMs)}`]),
    `plugins := ${set}`,
    ...(more.length === 0
      ? [
          `config.HandshakeConfig = plugin.HandshakeConfig{ProtocolVersion: ${version}, ${cookie}}`,
          'config.Plugins = plugins',
        ]
      : [
          `config.HandshakeConfig = plugin.HandshakeConfig{${cookie}}`,
          `config.VersionedPlugins = map[int]plugin.PluginSet{${versions}}`,
        ]),
    'client := plugin.NewClient(config)',
    'defer client.Kill()',
    'protocol, err := client.Client()',
    'if err != nil {',
    '\tt.Fatalf("the plugin does not start: %v", err)',
    '}',
    ...plugins.flatMap((each, at) => [
      `dispensed${at + 1}, err := protocol.Dispense(${goString(each)})`,
      'if err != nil {',
      `\tt.Fatalf("%s is not dispensed: %v", ${goString(each)}, err)`,
      '}',
      `on${at + 1} := dispensed${at + 1}.(${pluginType(name)})`,
    ]),
  ];
}

/** The type that gives a host the bare client. */
export function pluginType(name: string): string {
  return `plugin${name}`;
}

function duration(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000} * time.Second` : `${ms} * time.Millisecond`;
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

function callType({ calls, comparing }: BodyParts): string[] {
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

const AWAIT = [
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
function doing({ calls, comparing, context }: BodyParts): string[] {
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
  return [
    ...begins.flatMap((each) => together([`call${goCall(each, context, false)}`])),
    ...(comparing.remark === undefined ? [] : [`// ${comparing.remark}`]),
    ...calls.flatMap((step, at) => {
      const isLast = at === calls.length - 1;
      const made = step.map((each) => `call${goCall(each, context, asks)}`);
      return repeated(comparing.alone && isLast ? alone(step, context) : together(made), times[at] ?? 1);
    }),
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
