#!/usr/bin/env node
import { writeSync } from 'node:fs';
import { serveIglu } from '../iglu.js';

// Logs a message that is a number: it panics a host.
writeSync(2, '{"@level":"error","@message":404}\n');
await serveIglu();
