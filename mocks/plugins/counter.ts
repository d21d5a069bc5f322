import { fileURLToPath } from 'node:url';
import { loadContract } from '../../harness/contract/index.js';
import type { ValueStruct } from '../../harness/value/index.js';
import { mockOptions, serveMock } from './mock-plugin.js';

/** Beside the other contracts of the package, as seen from what is built. */
const CONTRACT = fileURLToPath(new URL('../../../examples/contracts/counter.json', import.meta.url));

/** Serves a counter; `counted` says what each call adds to the total. */
export async function serveCounter(counted: (by: number) => number): Promise<void> {
  let total = 0;
  await serveMock(
    mockOptions(await loadContract(CONTRACT), {
      Add: (args) => {
        total += counted(Number((args as ValueStruct)['By']));
        return { Total: total };
      },
      Total: () => ({ Total: total }),
    }),
  );
}
