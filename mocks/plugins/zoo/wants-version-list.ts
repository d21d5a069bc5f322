#!/usr/bin/env node
import { serveIglu } from '../iglu.js';

// Takes the list of versions for granted.
if (process.env['PLUGIN_PROTOCOL_VERSIONS'] === undefined) {
  process.stderr.write('PLUGIN_PROTOCOL_VERSIONS is not set\n');
  process.exit(1);
}
await serveIglu();
