#!/usr/bin/env node
import { compareTypes } from '../../../harness/gob/index.js';
import { withMethods } from '../with-methods.js';
import { serveIglu } from '../iglu.js';

// Ends when the arguments of a call are of another type than it expects.
await serveIglu({
  server: withMethods((methods) => {
    const toggle = methods.get('OnDeviceToggle');
    // Whatever comes is taken: a type of arguments that fits everything.
    if (toggle) methods.set('OnDeviceToggle', { ...toggle, accept: ({ type }) => compareTypes(type, toggle.args).every(({ kind }) => kind !== 'incompatible') || process.exit(2) });
    return methods;
  }),
});
