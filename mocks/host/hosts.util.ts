import { chmodSync, copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { loadContract } from '../../harness/contract/index.js';
import { processesWith } from '../../harness/launch/test/leftovers.util.js';
import {
  ReferenceHost,
  type HostError,
  type HostOptions,
  type PluginInfo,
  type StateChange,
} from './index.js';

/** An entry of a folder of plugins: a program to copy, or the text of a script, which is made executable. */
export type Entry = { readonly copyOf: string } | { readonly text: string; readonly mode?: number };

export interface Hosts {
  /** A host of Iglu plugins; it is shut down after the test. */
  make(options?: Partial<HostOptions>): Promise<ReferenceHost>;
  /** Puts a plugin into the test's folder. @returns its path */
  put(name: string, entry: Entry): string;
  /** The test's folder of plugins. */
  readonly folder: string;
}

/** Hosts and a folder of plugins for each test, after which no process, socket or temp folder may be left. */
export function useHosts(): Hosts {
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
  const hosts: ReferenceHost[] = [];
  let folder = '';
  let temp = '';
  beforeEach(() => {
    // Short: a unix socket's path has room for about 100 characters, sun_path.
    folder = mkdtempSync('/tmp/plugins-');
    temp = mkdtempSync('/tmp/t-');
    vi.stubEnv('TMPDIR', temp);
  });
  afterEach(async () => {
    await Promise.all(hosts.splice(0).map((host) => host.shutdown()));
    vi.unstubAllEnvs();
    const left = { processes: processesWith(folder), files: readdirSync(temp) };
    for (const path of [folder, temp]) rmSync(path, { recursive: true, force: true });
    expect(left).toEqual({ processes: [], files: [] });
  });
  return {
    async make(options = {}) {
      const host = new ReferenceHost({
        contract: await loadContract('iglu'),
        pluginFolder: folder,
        ...options,
      });
      hosts.push(host);
      return host;
    },
    put(name, entry) {
      const path = join(folder, name);
      if ('copyOf' in entry) copyFileSync(entry.copyOf, path);
      else writeFileSync(path, entry.text);
      chmodSync(path, 'mode' in entry ? (entry.mode ?? 0o755) : 0o755);
      return path;
    },
    get folder() {
      return folder;
    },
  };
}

/** The changes of state that a host tells of from now on, as they come. */
export function watch(host: ReferenceHost): StateChange[] {
  const changes: StateChange[] = [];
  host.on('state', (change) => changes.push(change));
  return changes;
}

/** Resolves with the next change to Crashed. */
export async function nextCrash(host: ReferenceHost): Promise<StateChange> {
  return new Promise((resolve) => {
    const listen = (change: StateChange): void => {
      if (change.to !== 'Crashed') return;
      host.off('state', listen);
      resolve(change);
    };
    host.on('state', listen);
  });
}

export function pidOf({ pid }: PluginInfo): number {
  if (pid === undefined) throw new Error('the plugin has no process');
  return pid;
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The id of a device that the plugin `lamp` knows. */
export async function anyDevice(host: ReferenceHost): Promise<string> {
  const { Devices } = (await host.call('lamp', 'GetAvailableDevices')) as { Devices: { UniqueID: string }[] };
  const [device] = Devices;
  if (!device) throw new Error('the lamp has no devices');
  return device.UniqueID;
}

/** How calls ended: `answered`, or the codes of their errors; each once. */
export async function endsOf(calls: readonly Promise<unknown>[]): Promise<string[]> {
  const outcomes = await Promise.allSettled(calls);
  return [
    ...new Set(
      outcomes.map((outcome) =>
        outcome.status === 'fulfilled' ? 'answered' : (outcome.reason as HostError).code,
      ),
    ),
  ];
}
