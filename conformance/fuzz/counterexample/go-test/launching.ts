import { goString } from './go-string.js';
import type { BodyParts } from './body.js';

/** Starts the plugin, and dispenses what is called. */
export function launching({ contract, command, flags, name, plugins }: BodyParts): string[] {
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

/** An expression for a time in ms. */
export function duration(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000} * time.Second` : `${ms} * time.Millisecond`;
}
