import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { contractWith, struct } from './contract.util.js';
import { loadContract } from './load.js';
import { contractToTypeScript } from './typescript.js';

const folder = mkdtempSync(join(tmpdir(), 'contract-types-'));
afterAll(() => rmSync(folder, { recursive: true }));

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: [],
};

// The library's declarations are parsed once for all programs.
const host = ts.createCompilerHost(OPTIONS);
const parse = host.getSourceFile.bind(host);
const libraries = new Map<string, ts.SourceFile | undefined>();
host.getSourceFile = (file, ...rest) => {
  if (file.startsWith(folder)) return parse(file, ...rest);
  if (!libraries.has(file)) libraries.set(file, parse(file, ...rest));
  return libraries.get(file);
};

/** What the compiler says of a module of contract types, and of a user's module beside it. */
function diagnostics(types: string, user = ''): string[] {
  const files = {
    'types.ts': types,
    'user.ts': `import type * as contract from './types.js';\n${user}\nexport {};\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const program = ts.createProgram(
    Object.keys(files).map((name) => join(folder, name)),
    OPTIONS,
    host,
  );
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('contractToTypeScript', () => {
  it.each(['iglu', 'greeter', '../../examples/contracts/hooks.json'])('compiles for %s', async (name) => {
    const source = name.includes('/') ? fileURLToPath(new URL(name, import.meta.url)) : name;
    expect(diagnostics(await contractToTypeScript(await loadContract(source)))).toEqual([]);
  });

  it('has an interface with methods that a user can call', async () => {
    const contract = await loadContract('iglu');
    const types = await contractToTypeScript(contract);
    expect(types).toContain(`The contract iglu, sha256 ${contract.sha256}.`);
    expect(types).toContain('* Who a plugin is.');
    const user = `
      export async function use(plugin: contract.IgluPlugin): Promise<string> {
        const { Manifest } = await plugin.GetManifest();
        await plugin.OnDeviceToggle({ Id: 'a', Status: true });
        const { Extensions } = await plugin.GetWebExtensions();
        const type: 1 | 2 | undefined = Extensions[0]?.Type;
        return Manifest.Id + String(type);
      }`;
    expect(diagnostics(types, user)).toEqual([]);
    expect(diagnostics(types, user.replace('Status: true', 'Status: 1'))).toEqual([
      "Type 'number' is not assignable to type 'boolean'.",
    ]);
  });

  it('has a type for every kind', async () => {
    const all = struct({
      Bool: { type: 'boolean' },
      Int: { type: 'integer', minimum: 3 },
      Ints: { type: 'array', items: { type: 'integer', go: 'uint' } },
      Float: { type: 'number' },
      Text: { type: 'string', should: { minLength: 1 } },
      Mode: { type: 'string', enum: ['on', "o'ff"] },
      Only: { type: 'integer', const: 1 },
      Bytes: { type: 'string', go: '[]byte', contentEncoding: 'base64' },
      Complex: { go: 'complex' },
      Err: { go: 'error' },
      Names: { type: 'object', additionalProperties: { type: 'string' } },
      ByNumber: { type: 'object', goKey: 'int', additionalProperties: { $ref: '#/$defs/Node' } },
      Point: { type: 'array', go: 'array', minItems: 2, maxItems: 2, items: { type: 'number' } },
      Empty: struct({}),
      Inner: struct({ A: { type: 'string', description: 'Not the end */ of the comment.' } }),
    });
    const contract = contractWith(
      {
        description: 'Not the end */ either.',
        args: all,
        reply: { type: 'array', items: { $ref: '#/$defs/Node' } },
      },
      {
        $defs: {
          Node: struct({
            Value: { type: 'integer' },
            Next: { $ref: '#/$defs/Node', description: 'The next.' },
          }),
          CallArgs: { type: 'string' },
          Promise: struct({}),
          Z_v2beta: struct({ A: { $ref: '#/$defs/Promise' } }),
          Loop: { type: 'array', items: { $ref: '#/$defs/Loop' } },
        },
        hostServices: { p: { methods: { Log: { args: { type: 'string' }, reply: null } } } },
      },
    );
    const types = await contractToTypeScript(contract);
    const user = `
      const args: contract.CallArgs2 = {
        Bool: true, Int: 1n, Ints: [1, 2n], Float: 0.5, Text: '', Mode: "o'ff", Only: 1, Bytes: new Uint8Array(),
        Complex: { re: 0, im: 1 }, Err: null, Names: { a: 'b' }, ByNumber: { 7: { Value: 1, Next: null } },
        Point: [1, 2], Empty: {}, Inner: { A: '' },
      };
      const named: contract.CallArgs = 'text';
      const renamed: contract.Z_v2beta = { A: {} };
      const loop: contract.Loop = [[], [[]]];
      export async function use(plugin: contract.P, host: contract.P2): Promise<number | bigint | undefined> {
        const reply: contract.Node[] = await plugin.Call(args);
        const nothing: unknown = await host.Log(named);
        return [reply[0]?.Next?.Next?.Value, nothing, renamed, loop].length;
      }`;
    expect(diagnostics(types, user)).toEqual([]);
    expect(diagnostics(types, user.replace('Empty: {}', 'Empty: { x: 1 }'))).toHaveLength(1);
    expect(diagnostics(types, user.replace('Next: null', 'Next: undefined'))).toHaveLength(1);
    expect(diagnostics(types, user.replace('Inner: { A:', 'Inner: { B:'))).toHaveLength(1);
    expect(types).toContain('The keys are Go ints, as text.');
  });
});
