#!/usr/bin/env node
import { serveIglu } from '../iglu.js';

// Sends an extension that is neither CSS nor JavaScript.
await serveIglu({
  handlers: { GetWebExtensions: () => ({ Extensions: [{ Type: 3, PathMatchRegex: '^/$', Source: '' }] }) },
});
