#!/usr/bin/env node
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renameSync } from 'node:fs';
import { serveIglu } from '../iglu.js';

// Leaves a socket of its own behind.
const path = join(tmpdir(), 'side-door');
createServer()
  .listen(`${path}-`, () => {
    // Node removes the socket at the path that it was given; this one has moved.
    renameSync(`${path}-`, path);
  })
  .unref();
await serveIglu();
