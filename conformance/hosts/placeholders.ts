import type { ObserveHostOptions } from './host-run.js';

type CommandAndEnvironment = Required<Pick<ObserveHostOptions, 'command' | 'env'>>;

const PLACEHOLDERS = /\{(plugins?)\}/g;

/** Whether `{plugin}` or `{plugins}` stands anywhere in the host's arguments or in a value of its environment. */
export function hasPlaceholders({ command, env }: CommandAndEnvironment): boolean {
  return [...command, ...Object.values(env)].some(
    (text) => text !== undefined && text.search(PLACEHOLDERS) >= 0,
  );
}

/** The command and environment with the paths in the placeholders' stead. */
export function fillPlaceholders(
  { command, env }: CommandAndEnvironment,
  paths: { readonly plugin: string; readonly plugins: string },
): CommandAndEnvironment {
  const fill = (text: string): string =>
    text.replaceAll(PLACEHOLDERS, (_, name: 'plugin' | 'plugins') => paths[name]);
  const [program, ...args] = command;
  return {
    command: [fill(program), ...args.map(fill)],
    env: Object.fromEntries(
      Object.entries(env).map(([name, value]) => [name, value === undefined ? undefined : fill(value)]),
    ),
  };
}
