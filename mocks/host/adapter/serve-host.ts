import type { Readable, Writable } from 'node:stream';
import { HarnessError } from '../../../harness/errors.js';
import { quote } from '../../../harness/quote.js';
import type { HostOptions } from '../options.js';
import { ReferenceHost } from '../reference-host.js';
import type { StateChange } from '../state.js';
import { readFlags, USAGE } from './flags.js';
import { HostAdapter } from './host-adapter.js';

/** What a host is made of: a broken one has another class in one of the two places. */
export interface HostParts {
  readonly host?: new (options: HostOptions) => ReferenceHost;
  readonly adapter?: new (host: ReferenceHost, input: Readable, output: Writable) => HostAdapter;
}

/** For a command line that cannot be understood. */
const EXIT_USAGE = 2;

/**
 * Serves a host over this process's stdin and stdout, with the flags of its command line, and exits when it was shut
 * down. stderr has one line for each change of a state.
 */
export async function serveHost({
  host: Host = ReferenceHost,
  adapter: Adapter = HostAdapter,
}: HostParts = {}): Promise<void> {
  process.stderr.on('error', () => {}); // The log is not worth dying for.
  const host = await makeHost(Host);
  host.on('state', (change) => process.stderr.write(`${logLine(change, host)}\n`));
  await new Adapter(host, process.stdin, process.stdout).serve();
  process.exit(0);
}

async function makeHost(Host: new (options: HostOptions) => ReferenceHost): Promise<ReferenceHost> {
  try {
    return new Host({ ...(await readFlags(process.argv.slice(2))), manageSignals: true });
  } catch (error) {
    if (!(error instanceof HarnessError) && !(error instanceof TypeError)) throw error;
    process.stderr.write(`${error.message}\n${USAGE}`);
    return process.exit(EXIT_USAGE);
  }
}

function logLine({ id, from, to, reason, time }: StateChange, host: ReferenceHost): string {
  const { pid } = host.get(id);
  const details = reason ? `: ${reason.text}` : pid === undefined ? '' : `, process ${pid}`;
  return `${new Date(time).toISOString()} ${quote(id)} ${from} → ${to}${details}`;
}
