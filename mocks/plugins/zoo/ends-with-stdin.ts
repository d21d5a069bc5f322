#!/usr/bin/env node
import { serveIglu } from '../iglu.js';

// Takes the end of stdin for the end of its host.
process.stdin.on('end', () => process.exit(0)).resume();
await serveIglu();
