import { escapeControls } from '../../../../harness/quote.js';
import type { Counterexample } from '../counterexample.js';
import { timesToBeSure } from '../luck.js';
import { pluginType } from './launching.js';

/** What a file is made of. */
export interface FileParts {
  readonly document: Counterexample;
  readonly name: string;
  readonly body: readonly string[];
  readonly types: readonly string[];
  /** The types stand outside of the function. */
  readonly outside: boolean;
  /** Declarations of host services. */
  readonly hosts: readonly string[];
}

/** More times than this are not waited for. */
const MOST_TIMES = 100;

/** The whole `_test.go` file. */
export function fileOf({ document, name, body, types, outside, hosts }: FileParts): string {
  const times = Math.min(MOST_TIMES, timesToBeSure(document.rate));
  const inside = outside ? [] : types.flatMap((type) => type.split('\n'));
  const function_ = [...comments(document), ...inside, ...body].map((line) =>
    line === '' ? '' : `\t${line}`,
  );
  const code = [
    ...test(name, times, function_),
    '',
    ...pluginDeclaration(pluginType(name)),
    ...(outside ? types.flatMap((type) => ['', type]) : []),
    ...(hosts.length === 0 ? [] : ['', ...hosts]),
  ]
    .join('\n')
    .trimEnd();
  return `package main_test\n\n${imports(code)}\n${code}\n`;
}

function test(name: string, times: number, lines: readonly string[]): string[] {
  const doc = [
    `// Test${name} does again what iglu-conformance found, with go-plugin's own client.`,
    '// It needs the plugin, built: PLUGIN names it, from the folder of this test on.',
  ];
  if (times === 1) return [...doc, `func Test${name}(t *testing.T) {`, ...lines, '}'];
  return [
    ...doc,
    `func Test${name}(t *testing.T) {`,
    '\t// It does not fail each time.',
    `\tfor n := 0; n < ${times}; n++ {`,
    `\t\tif !t.Run("again", run${name}) {`,
    '\t\t\treturn',
    '\t\t}',
    '\t}',
    '}',
    '',
    `func run${name}(t *testing.T) {`,
    ...lines,
    '}',
  ];
}

/** Foreign text stands inside of the function, where gofmt leaves comments as they are. */
function comments({ key, message, expected, actual, rate, tool }: Counterexample): string[] {
  return [
    `${key}: ${message}`,
    `expected: ${expected}`,
    `actual: ${actual}`,
    `It failed in ${rate.failed} of ${rate.of} times. Made by ${tool.name} ${tool.version}.`,
  ].map((line) => `// ${escapeControls(line)}`.trimEnd());
}

function pluginDeclaration(type: string): string[] {
  return [
    `// ${type} gives a host the bare net/rpc client.`,
    `type ${type} struct {`,
    '\tbroker *plugin.MuxBroker',
    '\tclient *rpc.Client',
    '}',
    '',
    `func (${type}) Server(*plugin.MuxBroker) (any, error) {`,
    '\treturn nil, errors.New("a host serves no plugin")',
    '}',
    '',
    `func (${type}) Client(broker *plugin.MuxBroker, client *rpc.Client) (any, error) {`,
    `\treturn ${type}{broker, client}, nil`,
    '}',
  ];
}

const STANDARD = [
  'encoding/gob',
  'errors',
  'fmt',
  'math',
  'net/rpc',
  'os',
  'os/exec',
  'reflect',
  'strings',
  'testing',
  'time',
];
const OTHERS = ['github.com/hashicorp/go-hclog', 'github.com/hashicorp/go-plugin'];

/** Those that the code uses: Go refuses others. What stands in strings and comments is no use. */
function imports(code: string): string {
  const bare = code.replaceAll(/"(?:\\.|[^"\\])*"/g, '""').replaceAll(/\/\/.*$/gm, '');
  const isUsed = (path: string): boolean => {
    const name = path.slice(path.lastIndexOf('/') + 1).replace(/^go-/, '');
    return new RegExp(`\\b${name}\\.`).test(bare);
  };
  const line = (path: string): string => `\t"${path}"\n`;
  return `import (\n${STANDARD.filter(isUsed).map(line).join('')}\n${OTHERS.map(line).join('')})\n`;
}
