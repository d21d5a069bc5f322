import type { GobType } from '../gob/types.js';
import type { Contract } from './contract.js';
import { type MethodDocument, refName, type Schema } from './document.js';
import { GobTypes } from './gob-types.js';
import { typeSchema } from './typescript-schema.js';

/** Names that the generated text refers to, and that no type of a contract may hide. */
const RESERVED = ['Promise', 'Record', 'Uint8Array'];

/**
 * TypeScript for a contract: an interface for each plugin and each host service, with all methods, and the types of
 * their arguments and replies. Go's ints are `number | bigint`, maps `{ [k: string]: T }`, bytes `Uint8Array`, pointers
 * that may be nil `T | null`, interfaces `unknown`. The text stands alone and compiles under `strict`.
 */
export async function contractToTypeScript(contract: Contract): Promise<string> {
  const { name, title, description, plugins, hostServices = {}, $defs = {} } = contract.json;
  const names = new Names(Object.keys($defs));
  const gobTypes = new GobTypes({ source: contract.source, definitions: new Map(Object.entries($defs)) });
  const declared = new Map<string, Declared>(
    Object.entries($defs).map(([key, schema]) => [
      names.ofType(key),
      { schema, type: gobTypes.definition(key, '') },
    ]),
  );
  const interfaces: string[] = [];

  const callable = [...Object.entries(plugins), ...Object.entries(hostServices)];
  for (const [key, { description: does, methods = {} }] of callable) {
    const own = names.fresh(toPascalCase(key));
    const signatures = Object.entries(methods).map(([method, of]) => {
      const side = (schema: Schema | null, suffix: string): string | undefined => {
        if (schema === null) return undefined;
        if (isBareRef(schema)) return names.ofType(refName(schema.$ref));
        const type = names.fresh(`${method}${suffix}`);
        declared.set(type, { schema, type: gobTypes.of(schema, '') });
        return type;
      };
      return methodText(method, of, side(of.args, 'Args'), side(of.reply, 'Reply'));
    });
    interfaces.push(`${docText(does, '')}export interface ${own} {\n${signatures.join('\n')}}\n`);
  }

  const types = await declarations(declared, names);
  const heading = [title ?? name, description].filter((line) => line !== undefined).join('\n\n');
  const banner = `${heading}\n\nThe contract ${name}, sha256 ${contract.sha256}.\nWritten by iglu-conformance types: change the contract, not this file.`;
  return [docText(banner, ''), ...interfaces, ...types].join('\n');
}

/** The names of the generated types, each used once. */
class Names {
  readonly #taken = new Set(RESERVED);
  readonly #ofTypes = new Map<string, string>();

  constructor(definitions: readonly string[]) {
    for (const definition of definitions) this.#ofTypes.set(definition, this.fresh(definition));
  }

  ofType(definition: string): string {
    return this.#ofTypes.get(definition) ?? definition;
  }

  fresh(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.#taken.has(name); number++) name = `${wanted}${number}`;
    this.#taken.add(name);
    return name;
  }
}

interface Declared {
  readonly schema: Schema;
  readonly type: GobType;
}

async function declarations(declared: ReadonlyMap<string, Declared>, names: Names): Promise<string[]> {
  // Brings prettier with it: loaded only when asked for.
  const { compile } = await import('json-schema-to-typescript');
  const texts: string[] = [];
  for (const [name, { schema, type }] of declared) {
    const shape = typeSchema(schema, type, (definition) => names.ofType(definition));
    const text = await compile(shape, 'Type', {
      bannerComment: '',
      format: false,
      additionalProperties: false,
      unknownAny: true,
      declareExternallyReferenced: false,
    });
    // The library makes names of its own out of those that it is given.
    texts.push(indented(text.trimStart().replace(/^export (interface|type) \w+/m, `export $1 ${name}`)));
  }
  return texts;
}

function methodText(
  name: string,
  of: MethodDocument,
  args: string | undefined,
  reply: string | undefined,
): string {
  const parameters = args === undefined ? '' : `args: ${args}`;
  return `${docText(of.description, '  ')}  ${name}(${parameters}): Promise<${reply ?? 'unknown'}>;\n`;
}

function docText(text: string | undefined, indent: string): string {
  if (text === undefined) return '';
  const lines = text.replaceAll('*/', '*\\/').split(/\r?\n/);
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`;
}

/** Lines inside of braces set in: the library leaves that to prettier, which takes longer than all the rest. */
function indented(text: string): string {
  let depth = 0;
  const lines = text.split('\n').map((line) => {
    if (line.startsWith('}')) depth--;
    const indent = '  '.repeat(depth);
    if (line.endsWith('{') && !line.startsWith(' *')) depth++;
    return `${indent}${line}`.trimEnd();
  });
  return lines.join('\n');
}

function isBareRef(schema: Schema): schema is Schema & { $ref: string } {
  return schema.$ref !== undefined && Object.keys(schema).length === 1;
}

/** `iglu_plugin` → `IgluPlugin`. */
function toPascalCase(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const joined = words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('');
  return /^[A-Za-z]/.test(joined) ? joined : `Plugin${joined}`;
}
