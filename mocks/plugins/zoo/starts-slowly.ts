#!/usr/bin/env node
import { setTimeout } from 'node:timers/promises';
import { serveIglu } from '../iglu.js';

// Works before it listens.
await setTimeout(2_500);
await serveIglu();
