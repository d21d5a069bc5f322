#!/usr/bin/env node
import { serveIglu } from './iglu.js';

await serveIglu();
