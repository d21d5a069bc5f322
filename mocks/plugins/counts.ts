#!/usr/bin/env node
import { serveCounter } from './counter.js';

await serveCounter((by) => by);
