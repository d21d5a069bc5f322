#!/usr/bin/env node
import { serveIglu } from '../iglu.js';

// Lacks the method that every host needs.
await serveIglu({ handlers: { GetManifest: null } });
