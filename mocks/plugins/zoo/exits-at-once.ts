#!/usr/bin/env node


// Ends without a word.
process.exitCode = 3;
export {};
