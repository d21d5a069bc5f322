#!/usr/bin/env node
import { setTimeout } from 'node:timers/promises';
import { serveIglu } from '../iglu.js';

// Works before it listens.
await setTimeout(1_000);
await serveIglu();
