#!/usr/bin/env node
import { serveIglu } from '../iglu.js';

// Does not end on SIGABRT.
process.on('SIGABRT', () => {});
await serveIglu();
