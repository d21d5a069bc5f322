import { chmodSync, chownSync, readFileSync } from 'node:fs';

/** The owner and the group may connect (go-plugin server.go, `setGroupWritable`). */
const GROUP_WRITABLE = 0o660;

/**
 * Lets a group connect to a socket.
 *
 * @param group - a number, or a name of /etc/group
 * @throws Error
 */
export function giveToGroup(path: string, group: string): void {
  chownSync(path, -1, groupId(group));
  chmodSync(path, GROUP_WRITABLE);
}

function groupId(group: string): number {
  if (/^\d+$/.test(group)) return Number(group);
  for (const line of readFileSync('/etc/group', 'utf8').split('\n')) {
    const [name, , id] = line.split(':');
    if (name === group && id !== undefined) return Number(id);
  }
  throw new Error(`there is no group ${JSON.stringify(group)} in /etc/group`);
}
