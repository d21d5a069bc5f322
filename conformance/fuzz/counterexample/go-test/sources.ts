import type { Contract, MethodContract, ValueSource } from '../../../../harness/contract/index.js';
import type { GobType } from '../../../../harness/gob/index.js';
import type { Call, Step } from '../../call.js';
import type { GoTypes } from './go-types.js';

/** Values that a method’s reply names, and that other calls take. */
export interface GoSource {
  readonly plugin: string;
  readonly method: MethodContract;
  /** Of the values. */
  readonly type: GobType;
  /** The function that gives one of them: by its number, else the value that it was then. */
  readonly pick: string;
  /** The variable that has them, its declaration, and the statements that fill it from `reply`. */
  readonly declaration: readonly string[];
  readonly fill: readonly string[];
  readonly isFor: (call: Call, path: readonly string[]) => boolean;
}

/** The sources of all values that calls of these steps take. */
export function sourcesOf(contract: Contract, steps: readonly Step[], types: GoTypes): GoSource[] {
  const found = new Map<string, GoSource>();
  for (const call of steps.flatMap(({ calls }) => calls)) {
    const methods = contract.plugins.get(call.plugin)?.methods;
    for (const { path } of call.taken) {
      const source = methods?.get(call.method)?.valueSources.find((each) => isSame(each.path, path));
      const method = source && methods?.get(source.method);
      if (!source || !method) continue;
      const key = JSON.stringify([call.plugin, source.method, source.from]);
      if (!found.has(key))
        found.set(key, goSource(call.plugin, method, source, methods, found.size + 1, types));
    }
  }
  return [...found.values()];
}

function goSource(
  plugin: string,
  method: MethodContract,
  { from }: ValueSource,
  methods: ReadonlyMap<string, MethodContract> | undefined,
  number: number,
  types: GoTypes,
): GoSource {
  const [variable, pick] = [`named${number}`, `pick${number}`];
  const type = from.reduce<GobType>(step, method.reply);
  const text = types.text(type, `${method.name}Named`);
  return {
    plugin,
    method,
    type,
    pick,
    declaration: [
      `// What ${method.name} has named last: ${from.join('/')}.`,
      `var ${variable} []${text}`,
      `${pick} := func(index int, then ${text}) ${text} {`,
      `\tif len(${variable}) == 0 {`,
      '\t\treturn then',
      '\t}',
      `\treturn ${variable}[index%len(${variable})]`,
      '}',
    ],
    fill: [`${variable} = nil`, ...loops(variable, 'reply', from, 1)],
    isFor: (call, path) =>
      call.plugin === plugin &&
      (methods
        ?.get(call.method)
        ?.valueSources.some(
          (each) => isSame(each.path, path) && each.method === method.name && isSame(each.from, from),
        ) ??
        false),
  };
}

function step(type: GobType, name: string): GobType {
  if (name === '*') return type.kind === 'slice' || type.kind === 'array' ? type.elem : type;
  return (type.kind === 'struct' && type.fields.find((field) => field.name === name)?.type) || type;
}

/** Statements that append every value at the end of a way to the variable. */
function loops(variable: string, at: string, [name, ...rest]: readonly string[], depth: number): string[] {
  if (name === undefined) return [`${variable} = append(${variable}, ${at})`];
  if (name !== '*') return loops(variable, `${at}.${name}`, rest, depth);
  const item = `v${depth}`;
  const inner = loops(variable, item, rest, depth + 1);
  return [`for _, ${item} := range ${at} {`, ...inner.map((line) => `\t${line}`), '}'];
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}
