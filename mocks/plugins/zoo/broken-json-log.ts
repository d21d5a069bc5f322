#!/usr/bin/env node
import { writeSync } from 'node:fs';
import { serveIglu } from '../iglu.js';

// Writes log lines that begin as JSON and are none.
writeSync(2, '{"@level":"error","@message":"the lamp said "no""}\n');
await serveIglu();
