#!/usr/bin/env node
import { serveCounter } from '../counter.js';

// Forgets to add what is above a hundred.
await serveCounter((by) => (by <= 100 ? by : 0));
