#!/usr/bin/env node
import { STRING, struct } from '../../../harness/gob/index.js';
import { InterfaceValue } from '../../../harness/value/index.js';
import { serveIglu } from '../iglu.js';

// Returns an error of a type that only the plugin knows.
const LampError = struct('LampError', { Text: STRING });
await serveIglu({
  contract: (contract) => ({ ...contract, errorTypes: new Map([['*main.LampError', LampError]]) }),
  handlers: {
    OnDeviceToggle: () => ({ Err: new InterfaceValue('*main.LampError', { Text: 'no such lamp' }) }),
  },
});
