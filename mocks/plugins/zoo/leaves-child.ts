#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { serveIglu } from '../iglu.js';

// Starts a process and forgets it; it ends by itself after two minutes.
spawn(process.execPath, ['-e', 'setTimeout(() => {}, 120_000)'], { detached: true, stdio: 'ignore' }).unref();
await serveIglu();
