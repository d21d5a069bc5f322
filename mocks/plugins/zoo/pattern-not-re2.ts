#!/usr/bin/env node
import { serveIglu } from '../iglu.js';

// Sends a pattern that makes a host panic: lookahead is not RE2.
await serveIglu({
  handlers: {
    GetWebExtensions: () => ({ Extensions: [{ Type: 1, PathMatchRegex: '^/(?!admin)', Source: '' }] }),
  },
});
