#!/usr/bin/env node
import { rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { serveIglu } from '../iglu.js';

// Does not start over the lock that a process of its left when it was killed.
const lock = join(homedir(), '.window-lights.lock');
try {
  writeFileSync(lock, String(process.pid), { flag: 'wx' });
} catch {
  console.error(`${lock} is there already: another instance is running`);
  process.exit(1);
}
process.on('exit', () => rmSync(lock, { force: true }));
await serveIglu();
