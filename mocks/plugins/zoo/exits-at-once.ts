#!/usr/bin/env node
import { exit } from 'node:process';

// Ends without a word.
exit(3);
