import type { HasPermissionArgs, Int, User } from './types.js';

const PERMISSIONS = new Map([
  ['admin', ['delete', 'post', 'read']],
  ['member', ['post', 'read']],
  ['guest', ['read']],
]);

export function displayNames(ids: Int[]): Map<Int, string> {
  return new Map(ids.map((id) => [id, `user ${id}`]));
}

export function rankUsers(users: User[]): User[] {
  // Numbers and bigints compare as what they stand for.
  const compare = <T extends Int | string>(a: T, b: T): number => Number(a > b) - Number(a < b);
  return users.toSorted((a, b) => compare(b.LastSeen, a.LastSeen) || compare(a.Username, b.Username));
}

export function hasPermission({ User: { Roles }, Permission }: HasPermissionArgs): boolean {
  return Roles.some((role) => PERMISSIONS.get(role)?.includes(Permission) ?? false);
}
