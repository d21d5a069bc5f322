import { fstatSync, statSync } from 'node:fs';
import { devNull } from 'node:os';
import { isatty } from 'node:tty';
import {
  ENV_CLIENT_CERT,
  ENV_MULTIPLEX_GRPC,
  ENV_PROTOCOL_VERSIONS,
  ENV_UNIX_SOCKET_DIR,
} from '../../../harness/handshake/index.js';
import type { ServeOptions } from '../../../harness/server/index.js';
import type { DescriptorKind, DetailsOf } from './events.js';

const STDIN = 0;

/** What the host gave this process, without a value that could be a secret. */
export function launchFacts({ key, value }: ServeOptions['cookie']): DetailsOf<'launched'> {
  const { env } = process;
  return {
    argv: process.argv.slice(1),
    cwd: process.cwd(),
    ppid: process.ppid,
    environment: Object.keys(env).sort(),
    cookie: env[key] === undefined ? 'absent' : env[key] === value ? 'right' : 'wrong',
    versions: env[ENV_PROTOCOL_VERSIONS] ?? null,
    multiplex: Boolean(env[ENV_MULTIPLEX_GRPC]),
    autoMtls: Boolean(env[ENV_CLIENT_CERT]),
    socketDir: Boolean(env[ENV_UNIX_SOCKET_DIR]),
    stdin: descriptorKind(STDIN),
  };
}

function descriptorKind(fd: number): DescriptorKind {
  try {
    const stat = fstatSync(fd);
    if (stat.isFIFO()) return 'pipe';
    if (stat.isSocket()) return 'socket';
    if (stat.isFile()) return 'file';
    if (isatty(fd)) return 'terminal';
    return stat.rdev === statSync(devNull).rdev ? 'null' : 'device';
  } catch {
    return 'closed';
  }
}
