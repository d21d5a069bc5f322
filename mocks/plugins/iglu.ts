import { loadContract, type Contract } from '../../harness/contract/index.js';
import { toJson, type Value, type ValueStruct } from '../../harness/value/index.js';
import { mockOptions, serveMock, type MockHandlers, type ServerClass } from './mock-plugin.js';

const DEVICES = [
  { UniqueID: 'window-lamp', ManufacturerName: 'Aurora', ModelName: 'Sill 2', Type: 1 },
  { UniqueID: 'reading-lamp', ManufacturerName: 'Aurora', ModelName: 'Arm 1', Type: 1 },
];

const CONFIGURATION = [
  {
    Title: 'Name',
    Description: 'What the house calls the lamps',
    Key: 'name',
    Type: 0,
    Default: 'Lamps',
    Placeholder: '',
    Values: [],
    IsUserSpecific: false,
  },
  {
    Title: 'Brightness',
    Description: 'In percent',
    Key: 'brightness',
    Type: 1,
    Default: '80',
    Placeholder: '0 to 100',
    Values: [],
    IsUserSpecific: true,
  },
  {
    Title: 'Colour',
    Description: '',
    Key: 'colour',
    Type: 2,
    Default: 'warm',
    Placeholder: '',
    Values: ['warm', 'cold'],
    IsUserSpecific: true,
  },
  {
    Title: 'Fade',
    Description: 'Change slowly',
    Key: 'fade',
    Type: 3,
    Default: 'true',
    Placeholder: '',
    Values: [],
    IsUserSpecific: false,
  },
];

const EXTENSIONS = [
  { Type: 1, PathMatchRegex: '^/devices(/.*)?$', Source: '.lamp { border-radius: 50% }' },
  { Type: 2, PathMatchRegex: '^/$', Source: 'document.body.dataset.lamps = "2"' },
];

/** A small Iglu plugin that keeps its promises. */
export function igluHandlers(): Required<Record<string, (args: Value) => Value>> {
  const on = new Map(DEVICES.map(({ UniqueID }) => [UniqueID, false]));
  const known = (id: Value | undefined): string => {
    if (typeof id === 'string' && on.has(id)) return id;
    throw new Error(`no device has the id ${JSON.stringify(toJson(id ?? null))}`);
  };
  return {
    GetManifest: () => ({
      Manifest: {
        Id: 'window-lights',
        Name: 'Window Lights',
        Author: 'The iglu-conformance authors',
        Version: 'v1.0.0',
      },
    }),
    OnLoad: () => {
      console.log('the window lights are loaded');
      return { Err: null };
    },
    OnDeviceToggle: (args) => {
      const { Id, Status } = args as ValueStruct;
      on.set(known(Id), Status === true);
      return { Err: null };
    },
    GetDeviceStatus: (args) => ({ Status: on.get(known((args as ValueStruct)['UniqueID'])) ?? false }),
    GetWebExtensions: () => ({ Extensions: EXTENSIONS }),
    GetPluginConfiguration: () => ({ Configuration: CONFIGURATION }),
    OnConfigurationUpdate: () => null,
    GetAvailableDevices: () => ({ Devices: DEVICES }),
  };
}

export interface IgluMock {
  readonly handlers?: MockHandlers;
  readonly server?: ServerClass;
  /** The contract as this plugin understands it. */
  readonly contract?: (contract: Contract) => Contract;
}

/** Serves the small Iglu plugin, changed as told. */
export async function serveIglu({
  handlers = {},
  server,
  contract = (same) => same,
}: IgluMock = {}): Promise<void> {
  await serveMock(
    mockOptions(contract(await loadContract('iglu')), { ...igluHandlers(), ...handlers }),
    server,
  );
}
