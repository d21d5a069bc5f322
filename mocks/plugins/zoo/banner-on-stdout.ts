#!/usr/bin/env node
import { serveIglu } from '../iglu.js';

// Prints something before the handshake.
console.log('Window Lights 1.0, welcome');
await serveIglu();
