#!/usr/bin/env node
import { serveIglu } from '../iglu.js';

// Takes each part of the list of versions for a number.
for (const part of (process.env['PLUGIN_PROTOCOL_VERSIONS'] ?? '1').split(',')) {
  if (/^-?\d+$/.test(part)) continue;
  process.stderr.write(
    `panic: strconv.Atoi: parsing ${JSON.stringify(part)}: invalid syntax\n\ngoroutine 1 [running]:\n`,
  );
  process.exit(2);
}
await serveIglu();
