#!/usr/bin/env node
import { serveIglu } from '../iglu.js';

const TICK_MS = 20;
const GAP_MS = 200;

// Its watchdog takes the time during which it was stopped for a hang.
let ticked = performance.now();
let gap = 0;
setInterval(() => {
  gap = performance.now() - ticked;
  ticked += gap;
}, TICK_MS).unref();
// Asked after SIGCONT alone: on a busy machine ticks come late without any pause. The late tick may have come first.
process.on('SIGCONT', () => {
  if (Math.max(gap, performance.now() - ticked) > GAP_MS) process.exit(3);
});
await serveIglu();
