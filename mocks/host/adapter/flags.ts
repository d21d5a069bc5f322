import { parseArgs } from 'node:util';
import { loadContract } from '../../../harness/contract/index.js';
import { HostError } from '../errors.js';
import type { HostOptions } from '../options.js';

export const USAGE = `Usage: main.js [--contract NAME|FILE] [--restart LIMIT]
  [--ping-interval MS] [--ping-timeout MS] [--call-timeout MS] [--start-timeout MS] [--stop-timeout MS]
A host of go-plugin plugins that is driven by JSON-RPC 2.0 over stdin and stdout, one JSON document a line.
`;

const text = { type: 'string' } as const;
const FLAGS = {
  contract: text,
  restart: text,
  'ping-interval': text,
  'ping-timeout': text,
  'call-timeout': text,
  'start-timeout': text,
  'stop-timeout': text,
} as const;

/**
 * The options of a host as its command line has them.
 *
 * @throws TypeError of `parseArgs` for a flag that there is not, HostError HOST_OPTIONS, ContractError
 */
export async function readFlags(args: readonly string[]): Promise<HostOptions> {
  const { values } = parseArgs({ args: [...args], options: FLAGS, strict: true });
  const times = {
    pingIntervalMs: wholeNumber('ping-interval', values),
    pingTimeoutMs: wholeNumber('ping-timeout', values),
    callTimeoutMs: wholeNumber('call-timeout', values),
    startTimeoutMs: wholeNumber('start-timeout', values),
    stopTimeoutMs: wholeNumber('stop-timeout', values),
  };
  const limit = wholeNumber('restart', values);
  return {
    ...(limit !== undefined && { restart: { limit } }),
    contract: await loadContract(values.contract ?? 'iglu'),
    ...Object.fromEntries(Object.entries(times).filter(([, ms]) => ms !== undefined)),
  };
}

function wholeNumber(
  flag: keyof typeof FLAGS,
  values: Partial<Record<keyof typeof FLAGS, string>>,
): number | undefined {
  const value = values[flag];
  if (value === undefined || /^\d{1,10}$/.test(value)) return value === undefined ? undefined : Number(value);
  throw new HostError('HOST_OPTIONS', `--${flag} is ${JSON.stringify(value)}; it has to be a whole number.`);
}
