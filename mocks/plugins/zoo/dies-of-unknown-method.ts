#!/usr/bin/env node
import { withMethods } from '../with-methods.js';
import { serveIglu } from '../iglu.js';

// Ends when it is asked for a method that it does not have.
await serveIglu({
  server: withMethods((methods) => {
    const find = methods.get.bind(methods);
    methods.get = (name) => find(name) ?? process.exit(2);
    return methods;
  }),
});
