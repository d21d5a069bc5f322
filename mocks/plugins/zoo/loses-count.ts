#!/usr/bin/env node
import { join } from 'node:path';
import { loadContract } from '../../../harness/contract/index.js';
import type { ValueStruct } from '../../../harness/value/index.js';
import { mockOptions, serveMock } from '../mock-plugin.js';

/** Beside the other contracts of the package, as seen from what is built. */
const COUNTER = join(import.meta.dirname, '../../../../examples/contracts/counter.json');

// Forgets to add what is above a hundred.
let total = 0;
await serveMock(
  mockOptions(await loadContract(COUNTER), {
    Add: (args) => {
      const by = Number((args as ValueStruct)['By']);
      if (by <= 100) total += by;
      return { Total: total };
    },
    Total: () => ({ Total: total }),
  }),
);
