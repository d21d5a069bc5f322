#!/usr/bin/env node
import { serveHost } from './serve-host.js';

// The reference host, driven over stdin and stdout.
await serveHost();
