#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { serveIglu } from '../iglu.js';

// Ends the process that it started only when it can end in order itself; that one ends after two minutes.
const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 120_000)'], { stdio: 'ignore' });
child.unref();
process.on('exit', () => child.kill('SIGKILL'));
await serveIglu();
