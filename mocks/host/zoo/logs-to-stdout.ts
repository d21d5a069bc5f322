#!/usr/bin/env node
import { serveHost } from '../adapter/serve-host.js';

// Writes its log where its answers belong.
console.log('INFO the host is ready');
await serveHost();
