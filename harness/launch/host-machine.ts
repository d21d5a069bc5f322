import { endianness } from 'node:os';

/** What decides whether a binary can be executed: the operating system, the processor, its byte order. */
export interface HostMachine {
  readonly platform: NodeJS.Platform;
  readonly arch: NodeJS.Architecture;
  readonly littleEndian: boolean;
}

export const thisMachine: HostMachine = {
  platform: process.platform,
  arch: process.arch,
  littleEndian: endianness() === 'LE',
};

/** For messages: `linux on x64`. */
export function describeMachine(host: HostMachine): string {
  return `${host.platform} on ${host.arch}`;
}
