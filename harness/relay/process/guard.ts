import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connectControl } from './control.js';

/**
 * Reads until its relay is gone, which closes the pipe whatever killed it. Then it ends the process groups that it was
 * told of, and removes the socket. POSIX sh, since it is quick to start, and small.
 */
const SCRIPT = `
trap '' HUP INT TERM QUIT
groups=
while read -r change group; do
  if [ "$change" = watch ]; then groups="$groups -$group"; continue; fi
  kept=
  for each in $groups; do [ "$each" = "-$group" ] || kept="$kept $each"; done
  groups=$kept
done
[ -z "$groups" ] || kill -s KILL -- $groups 2>/dev/null
[ -z "$1" ] || rm -f -- "$1"
`;

export interface Guard {
  /** The process group with this number is to end with the relay. */
  watch(group: number): void;
  /** It has ended, and others may have its number. */
  forget(group: number): void;
}

/**
 * Starts the guard, in a session of its own: who kills the relay's group does not kill it. It keeps a connection to
 * the driver open until it has done its work.
 *
 * @param socketPath - the relay's own; '' for none
 */
export async function startGuard(control: string, socketPath: string): Promise<Guard> {
  const leash = await connectControl(control, 'guard');
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'sh', socketPath], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', leash, 'ignore'],
  });
  const [stdin] = child.stdio;
  stdin.on('error', () => {});
  await once(child, 'spawn');
  leash.destroy();
  child.unref();
  return {
    watch: (group) => void stdin.write(`watch ${group}\n`),
    forget: (group) => void stdin.write(`forget ${group}\n`),
  };
}
