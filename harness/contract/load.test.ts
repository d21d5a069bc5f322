import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { adopt, Decoder, Encoder, type GobType } from '../gob/index.js';
import type { Value } from '../value/index.js';
import { BUILTINS } from './builtins.js';
import { documentWith } from './contract.util.js';
import {
  ContractError,
  type ContractErrorCode,
  loadContract,
  type MethodContract,
  protocolOnlyContract,
} from './index.js';
import { parseContract } from './parse.js';

const HOOKS = fileURLToPath(new URL('../../examples/contracts/hooks.json', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'contract-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

// First: what other tests load stays loaded.
describe('the barrel', () => {
  it('loads no library before a value is to be judged', async () => {
    const loaded = (): string[] =>
      Object.keys(createRequire(import.meta.url).cache).filter((file) =>
        /node_modules\/(ajv|re2js|json-schema)/.test(file),
      );
    protocolOnlyContract({ key: 'K', value: 'v' });
    expect(loaded()).toEqual([]);
    const contract = await loadContract('iglu');
    expect(
      contract.plugins.get('iglu_plugin')?.methods.get('GetManifest')?.violationsOfReply(null),
    ).toHaveLength(1);
    expect(loaded()).not.toEqual([]);
  });
});

describe('loadContract', () => {
  it('reads a file, also with a byte order mark', async () => {
    const text = JSON.stringify(documentWith({ stable: true }));
    const file = write('bom.json', `\uFEFF${text}`);
    const contract = await loadContract(file);
    expect(contract).toMatchObject({ name: 'test', source: file });
    expect(contract.sha256).toBe(parseContract(JSON.parse(text), 'x').sha256);
  });

  it.each<[string, () => string, ContractErrorCode, RegExp]>([
    [
      'a file that is not there',
      () => join(folder, 'none.json'),
      'CONTRACT_NOT_FOUND',
      /no such file, and the built-in contracts are iglu, greeter/,
    ],
    ['a name that is nearly one', () => 'igloo', 'CONTRACT_NOT_FOUND', /Did you mean "iglu"\?/],
    ['a folder', () => folder, 'CONTRACT_UNREADABLE', /cannot be read: EISDIR/],
    [
      'a file too large',
      () => write('large.json', new Uint8Array(16 * 1024 * 1024 + 1)),
      'CONTRACT_UNREADABLE',
      /has 16777217 bytes, more than the 16777216/,
    ],
    [
      'no JSON',
      () => write('no.json', '{ "name": iglu }'),
      'CONTRACT_NOT_JSON',
      /is not JSON: Unexpected token/,
    ],
    ['an empty file', () => write('empty.json', ''), 'CONTRACT_NOT_JSON', /is not JSON/],
    [
      'another document',
      () => write('other.json', '[]'),
      'CONTRACT_INVALID',
      /other.json has a mistake at its top: found an empty list/,
    ],
  ])('refuses %s', async (_, file, code, message) => {
    const error: unknown = await loadContract(file()).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(ContractError);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string, source: file() });
  });
});

/** What a peer that expects the type gets of a value. */
function overGob(type: GobType, value: Value): Value | undefined {
  const [decoded] = new Decoder().push(new Encoder().encode(type, value));
  return decoded && adopt(decoded.value, decoded.type, type);
}

describe('the samples of a contract', () => {
  it.each(['iglu', 'greeter', HOOKS])('travel over gob: %s', async (source) => {
    const contract = await loadContract(source);
    let travelled = 0;
    for (const { methods } of [...contract.plugins.values(), ...contract.hostServices.values()]) {
      for (const method of methods.values()) {
        for (const args of [method.sampleArgs(), method.sampleArgs('unlikely'), method.variedArgs(5)]) {
          expect(overGob(method.args, args)).toEqual(args);
        }
        expect(overGob(method.reply, method.sampleReply())).toEqual(method.sampleReply());
        travelled++;
      }
    }
    expect(travelled).toBeGreaterThan(0);
  });
});

describe('a built-in contract', () => {
  it.each([...BUILTINS])('%s is checked as a file would be, and its samples are valid', (name, document) => {
    const contract = parseContract(document, name);
    expect(contract.name).toBe(name);
    for (const plugin of contract.plugins.values()) {
      for (const method of plugin.methods.values()) {
        for (const args of [method.sampleArgs(), method.sampleArgs('unlikely'), method.variedArgs(3)]) {
          expect(method.violationsOfArgs(args)).toEqual([]);
        }
        expect(method.violationsOfReply(method.sampleReply())).toEqual([]);
        expect(method.conventionsOfReply(method.sampleReply())).toEqual([]);
      }
    }
  });

  it('greeter is go-plugin’s examples/basic', async () => {
    const contract = await loadContract('greeter');
    expect(contract.handshake).toEqual({
      protocolVersions: [1],
      magicCookieKey: 'BASIC_PLUGIN',
      magicCookieValue: 'hello',
    });
    const greet = contract.plugins.get('greeter')?.methods.get('Greet');
    expect(greet).toMatchObject({ hasArgs: false, stable: true, reply: { kind: 'string' } });
  });

  it('hooks of the examples reads as well', async () => {
    const contract = await loadContract(HOOKS);
    const methods = contract.plugins.get('hooks')?.methods;
    expect(methods?.get('MirrorTree')?.args).toMatchObject({ kind: 'struct', name: 'Node' });
    expect(methods?.get('LogLines')?.brokerIds).toEqual([{ path: ['API'], service: 'api' }]);
  });
});

describe('iglu', () => {
  const manifest = (change: object): unknown => ({
    Manifest: { Id: 'a', Name: 'A', Author: '', Version: 'v0.1.0', ...change },
  });
  const method = async (name: string): Promise<MethodContract> => {
    const found = (await loadContract('iglu')).plugins.get('iglu_plugin')?.methods.get(name);
    if (found === undefined) throw new Error(`no method ${name}`);
    return found;
  };
  const setting = (change: object): object => ({
    Title: '',
    Description: '',
    Key: '',
    Type: 0,
    Default: '',
    Placeholder: '',
    Values: [],
    IsUserSpecific: false,
    ...change,
  });
  const extension = (change: object): object => ({ Type: 1, PathMatchRegex: '^/$', Source: '', ...change });
  const device = (UniqueID: string): object => ({ UniqueID, ManufacturerName: '', ModelName: '', Type: 0 });

  it('is the seed’s interface', async () => {
    const { handshake, plugins, errorTypes } = await loadContract('iglu');
    expect(handshake).toEqual({
      protocolVersions: [1],
      magicCookieKey: 'IGLU_PLUGIN',
      magicCookieValue: 'MzlK0OGpIRs',
    });
    expect([...plugins.keys()]).toEqual(['iglu_plugin']);
    expect(errorTypes.size).toBe(0);
    const facts = [...(plugins.get('iglu_plugin')?.methods.values() ?? [])].map(
      ({ name, required, once, stable, unordered, readOnly, effects, hasArgs }) => [
        name,
        Object.entries({ required, once, stable, unordered, readOnly, hasArgs })
          .filter(([, is]) => is)
          .map(([key]) => key)
          .join(' '),
        effects,
      ],
    );
    expect(facts).toEqual([
      ['GetManifest', 'required stable', 'none'],
      ['OnLoad', 'once', 'none'],
      ['OnDeviceToggle', 'hasArgs', 'local'],
      ['GetDeviceStatus', 'readOnly hasArgs', 'none'],
      ['GetWebExtensions', 'stable', 'none'],
      ['GetPluginConfiguration', 'stable', 'none'],
      ['OnConfigurationUpdate', 'hasArgs', 'local'],
      ['GetAvailableDevices', 'unordered readOnly', 'none'],
    ]);
  });

  it.each<[string, unknown, readonly string[], readonly string[]]>([
    ['GetManifest', manifest({}), [], []],
    ['GetManifest', manifest({ Id: '' }), ['Manifest/Id must not be empty'], []],
    ['GetManifest', manifest({ Name: '' }), ['Manifest/Name must not be empty'], []],
    ['GetManifest', manifest({ Version: '' }), ['Manifest/Version must not be empty'], []],
    ['GetManifest', manifest({ Id: 'My Plugin' }), [], ['Manifest/Id must be a slug']],
    ['GetManifest', manifest({ Version: '1' }), [], ['Manifest/Version must be a semantic version']],
    [
      'GetWebExtensions',
      { Extensions: [extension({ Type: 3 })] },
      ['Extensions/0/Type must be one of 1, 2, not 3'],
      [],
    ],
    [
      'GetWebExtensions',
      { Extensions: [extension({ PathMatchRegex: '(?=a)' })] },
      ["Extensions/0/PathMatchRegex must be a regular expression of Go's"],
      [],
    ],
    ['GetPluginConfiguration', { Configuration: [setting({ Type: 2, Values: ['a'] })] }, [], []],
    [
      'GetPluginConfiguration',
      { Configuration: [setting({ Type: 2 })] },
      ['Configuration/0/Values must not be empty'],
      [],
    ],
    [
      'GetPluginConfiguration',
      { Configuration: [setting({ Type: 4 })] },
      ['Configuration/0/Type must be one of 0, 1, 2, 3, not 4'],
      [],
    ],
    [
      'GetPluginConfiguration',
      { Configuration: [setting({}), setting({})] },
      ['Configuration/1/Key repeats "", which Configuration/0/Key has already'],
      [],
    ],
    ['GetAvailableDevices', { Devices: [device('a'), device('b')] }, [], []],
    ['GetAvailableDevices', { Devices: [device('a'), device('a')] }, ['Devices/1/UniqueID repeats "a"'], []],
    ['OnConfigurationUpdate', null, [], []],
  ])('judges %s %j', async (name, reply, violations, conventions) => {
    const judged = await method(name);
    const starts = (wanted: readonly string[]): unknown =>
      wanted.map((text) => expect.stringContaining(text) as unknown);
    const value = reply as Parameters<typeof judged.violationsOfReply>[0];
    expect(judged.violationsOfReply(value).map(({ message }) => message)).toEqual(starts(violations));
    expect(judged.conventionsOfReply(value).map(({ message }) => message)).toEqual(starts(conventions));
  });
});

describe('protocolOnlyContract', () => {
  it('has a handshake and nothing else', () => {
    const contract = protocolOnlyContract({ key: 'K', value: 'v' });
    expect(contract).toMatchObject({
      name: 'none',
      handshake: { protocolVersions: [1], magicCookieKey: 'K', magicCookieValue: 'v' },
      exclusive: false,
    });
    expect(contract.plugins.size).toBe(0);
    expect(contract.sha256).not.toBe(protocolOnlyContract({ key: 'K', value: 'w' }).sha256);
  });
});
