import type { Budgets } from '../subject/index.js';

interface Expected {
  readonly findings: readonly string[];
  readonly contract?: string;
  readonly budgets?: Partial<Budgets>;
}

/** Where the fault is silence, silence is given less time. */
const IMPATIENT: Partial<Budgets> = { startTimeoutMs: 4_000, timeoutMs: 2_000 };

/** The findings that each plugin of the zoo must cause, and no others. */
export const EXPECTED_OF_ZOO: Readonly<Record<string, Expected>> = {
  'exits-at-once': { findings: ['launch/runs'] },
  'handshake-on-stderr': { findings: ['launch/runs'], budgets: IMPATIENT },
  'starts-slowly': { findings: ['launch/starts-in-time'], budgets: { slowStartMs: 700 } },
  'serves-anybody': { findings: ['launch/refuses-by-hand'] },
  'takes-any-cookie-value': { findings: ['launch/refuses-wrong-cookie'] },
  'silent-without-socket': { findings: ['launch/long-temp-folder'] },
  'ends-with-stdin': { findings: ['launch/closed-stdin'] },

  'banner-on-stdout': { findings: ['handshake/first-line'] },
  'core-version-2': { findings: ['handshake/core-version'] },
  'version-in-words': { findings: ['handshake/app-version'] },
  'serves-another-version': { findings: ['version/compatible'] },
  'network-in-capitals': { findings: ['handshake/network'] },
  'listens-elsewhere': { findings: ['handshake/address'] },
  'unknown-protocol': { findings: ['handshake/protocol'] },
  'uninvited-certificate': { findings: ['handshake/certificate'] },
  'seventh-field': { findings: ['handshake/multiplex'] },
  'long-line-on-stdout': { findings: ['handshake/later-output'] },

  'takes-first-version': { findings: ['version/highest-common'] },
  'agrees-to-unknown-version': { findings: ['version/none-common'] },
  'wants-version-list': { findings: ['version/variable-absent'] },

  'announces-dead-address': { findings: ['session/connects'] },
  'accepts-no-stream': { findings: ['session/streams'], budgets: IMPATIENT },
  'ping-is-an-error': { findings: ['session/ping'] },
  'prints-past-session': { findings: ['session/stdout-carried'] },
  'one-connection-only': { findings: ['session/second-connection'] },
  'ignores-auto-mtls': { findings: ['session/auto-mtls'] },
  'lets-strangers-in': { findings: ['security/client-certificate'] },
  'trusts-any-certificate': { findings: ['security/client-certificate'] },

  'dispenses-another-name': { findings: ['dispense/known-name'] },
  'dies-of-unknown-name': { findings: ['dispense/unknown-name'] },
  'dispenses-once': { findings: ['dispense/twice'] },

  'error-of-unlisted-type': { findings: ['errors/reach-the-host@OnDeviceToggle'] },

  'method-missing': { findings: ['interface/registered@GetManifest'] },
  'never-answers': { findings: ['interface/replies@GetAvailableDevices'], budgets: IMPATIENT },
  'manifest-is-an-error': { findings: ['interface/replies@GetManifest'] },
  'reply-of-another-kind': { findings: ['interface/reply-type@GetDeviceStatus'] },
  'field-missing': { findings: ['interface/missing-field@GetManifest'] },
  'field-too-many': { findings: ['interface/extra-field@GetManifest'] },
  'manifest-without-id': { findings: ['interface/reply-values@GetManifest'] },
  'pattern-not-re2': { findings: ['interface/reply-values@GetWebExtensions'] },
  'extension-of-unknown-type': { findings: ['interface/reply-values@GetWebExtensions'] },
  'configuration-key-twice': { findings: ['interface/reply-values@GetPluginConfiguration'] },
  'option-without-values': { findings: ['interface/reply-values@GetPluginConfiguration'] },
  'device-id-twice': { findings: ['interface/reply-values@GetAvailableDevices'] },
  'id-in-title-case': { findings: ['interface/conventions@GetManifest'] },
  'version-not-semver': { findings: ['interface/conventions@GetManifest'] },
  'manifest-changes': { findings: ['interface/stable@GetManifest'] },
  'dies-of-unknown-method': { findings: ['interface/unknown-method'] },
  'dies-of-wrong-arguments': { findings: ['interface/wrong-argument@OnDeviceToggle'] },

  'dies-under-load': { findings: ['concurrency/parallel-calls@OnDeviceToggle'] },
  'dies-under-mixed-load': { findings: ['concurrency/mixed-calls'] },
  'answers-wrong-caller': { findings: ['concurrency/own-answers'] },
  'dies-of-many-readers': { findings: ['concurrency/own-answers'] },
  'dies-of-four-connections': { findings: ['concurrency/four-connections'] },

  'ignores-quit': { findings: ['lifecycle/quit-ends-process'] },
  'quits-with-code-3': { findings: ['lifecycle/quit-exit-code'] },
  'second-quit-is-fatal': { findings: ['lifecycle/quit-twice'] },
  'leaves-socket': { findings: ['lifecycle/socket-removed'] },
  'leaves-temp-file': { findings: ['lifecycle/temp-folder-clean'] },
  'leaves-child': { findings: ['lifecycle/no-process-left'] },
  'ends-on-interrupt': { findings: ['lifecycle/ignores-interrupt'] },
  'ignores-sigterm': { findings: ['lifecycle/terminates'] },
  'lives-on-without-host': { findings: ['lifecycle/ends-with-host'] },

  'served-by-a-child': { findings: ['crash/ends-with-its-process'] },
  'child-outlives-kill': { findings: ['crash/leaves-no-process'] },
  'stale-lock': { findings: ['crash/comes-back'] },
  'ignores-abort': { findings: ['crash/aborts'] },
  'dies-of-lost-connection': { findings: ['crash/survives-lost-connection'] },
  'dies-of-pause': { findings: ['hang/resumes'] },
  'drops-slow-hosts': { findings: ['hang/slow-link'] },

  'dies-of-empty-key': { findings: ['fuzz/process-lives@OnConfigurationUpdate'] },
  'hangs-up-on-empty-key': { findings: ['fuzz/connection-lives@OnConfigurationUpdate'] },
  'never-unlocks': { findings: ['fuzz/answers-in-time@OnConfigurationUpdate'], budgets: IMPATIENT },
  'lists-a-device-twice': { findings: ['fuzz/replies@GetAvailableDevices'] },
  'changes-its-settings': { findings: ['fuzz/stays-stable@GetPluginConfiguration'] },
  'mixes-up-odd-ids': {
    findings: ['fuzz/own-answers@GetDeviceStatus'],
    budgets: { runs: 600, fuzzMs: 60_000 },
  },
  'loses-count': { findings: ['fuzz/binding-laws'], contract: 'examples/contracts/counter.json' },
  'never-switches-off': { findings: ['fuzz/laws'] },
  'keeps-files-open': { findings: ['fuzz/descriptors@OnConfigurationUpdate'] },
  'keeps-everything': { findings: ['fuzz/memory@OnConfigurationUpdate'] },

  'panics-over-version-list': { findings: ['wire/handshake-environment'] },
  'cookie-in-any-case': { findings: ['wire/near-cookie'] },
  'dies-of-unknown-gob-type': { findings: ['wire/gob-messages'] },
  'dies-of-method-without-dot': { findings: ['wire/rpc-headers'] },
  'dies-of-unknown-frame-type': { findings: ['wire/yamux-frames'] },
  'deaf-after-window-overflow': { findings: ['wire/yamux-frames'] },

  'broken-json-log': { findings: ['logging/lines-parse'] },
  'number-as-log-message': { findings: ['logging/string-fields'] },
};

/** What stock go-plugin does that could be better: told, never held against a plugin. */
const STOCK = ['launch/long-temp-folder', 'lifecycle/terminates', 'lifecycle/ends-with-host'];

const HOOKS = 'examples/contracts/hooks.json';

/** The same for the Go examples, by their paths below examples/bin. */
export const EXPECTED_OF_EXAMPLES: Readonly<Record<string, Expected>> = {
  amazing: { findings: STOCK },
  lamp: { findings: STOCK },
  once: { findings: STOCK },
  hooks: { findings: STOCK, contract: HOOKS },
  'greeter-1.8.0/plugin': { findings: STOCK, contract: 'greeter' },
  'greeter-1.4.0/plugin': { findings: STOCK, contract: 'greeter' },

  'bad/err-not-encodable': { findings: [...STOCK, 'errors/reach-the-host@OnDeviceToggle'] },
  'bad/err-registered-here-only': { findings: [...STOCK, 'errors/reach-the-host@OnDeviceToggle'] },
  'bad/panics': { findings: [...STOCK, 'interface/replies@GetDeviceStatus'] },
  'bad/unlocked-map': { findings: [...STOCK, 'concurrency/parallel-calls@OnDeviceToggle'] },
  'bad/noisy-stdout': { findings: ['handshake/first-line'] },
  'bad/wrong-cookie': { findings: ['launch/runs'] },
  'bad/wrong-version': { findings: ['version/compatible'] },
  'bad/missing-method': { findings: [...STOCK, 'interface/registered@GetManifest'] },
  'bad/reply-of-another-kind': { findings: [...STOCK, 'interface/reply-type@GetDeviceStatus'] },
  'bad/leaked-socket': { findings: [...STOCK, 'lifecycle/socket-removed'] },
  'bad/ignores-quit': { findings: [...STOCK, 'lifecycle/quit-ends-process'] },
  'bad/leaves-a-child': { findings: [...STOCK, 'lifecycle/no-process-left'] },
};
