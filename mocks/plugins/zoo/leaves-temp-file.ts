#!/usr/bin/env node
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveIglu } from '../iglu.js';

// Leaves a file in the temp folder.
writeFileSync(join(tmpdir(), 'cache.db'), 'lamps');
await serveIglu();
