#!/usr/bin/env node
import { serveIglu } from '../iglu.js';
import { withMethods } from '../with-methods.js';

// Ends when the arguments of a call are not the struct that it expects.
await serveIglu({
  server: withMethods((methods) => {
    const toggle = methods.get('OnDeviceToggle');
    const accepts: (typeof toggle & object)['accepts'] = ({ kind }) =>
      kind === 'struct' ? false : process.exit(2);
    if (toggle) methods.set('OnDeviceToggle', { ...toggle, accepts });
    return methods;
  }),
});
