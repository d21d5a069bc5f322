#!/usr/bin/env node
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { launchProcess } from '../../../harness/launch/index.js';
import { HostAdapter } from '../adapter/host-adapter.js';
import type { AdapterMethods } from '../adapter/protocol.js';
import { serveHost } from '../adapter/serve-host.js';

/** How long each file may run, in ms. */
const RUN_MS = 1_000;

// Hands whatever is in the folder to a shell before it loads it, notes and data included.
await serveHost({
  adapter: class extends HostAdapter {
    protected override async load(dir: string): Promise<AdapterMethods['load']['result']> {
      const names = await readdir(dir).catch(() => []);
      await Promise.all(names.map((name) => run(resolve(join(dir, name)))));
      return super.load(dir);
    }
  },
});

async function run(file: string): Promise<void> {
  const running = await launchProcess({ command: ['sh', file], stdin: 'closed' });
  await Promise.race([running.exit, delay(RUN_MS)]);
  await running.end();
}
