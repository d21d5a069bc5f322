import { Deviation } from '../../faults/index.js';
import { AdapterError } from '../../hosts/index.js';
import { toldCheck } from './host-check.js';

export const SPEAKS = 'host/speaks-adapter';

const speaksAdapter = toldCheck(
  {
    id: SPEAKS,
    title: 'Told to list its plugins the host answers, and nothing but JSON-RPC stands on its stdout',
    level: 'must',
    needs: [],
    reference: 'mocks/host/adapter/adapter.schema.json; JSON-RPC 2.0',
    why: 'What cannot be asked cannot be judged.',
    fix: 'Answer each line on stdin with one line on stdout; write logs to stderr.',
  },
  async ({ host }) => {
    const plugins = await host.list();
    if (plugins.length > 0)
      throw new Deviation(
        'A host that was told nothing has plugins.',
        'none',
        plugins.map(({ id }) => id).join(', '),
      );
    if (host.strange.length > 0)
      throw new Deviation(
        'Something else stands on stdout.',
        'JSON-RPC 2.0, one document a line',
        host.strange.join('; '),
      );
  },
);

const refusesUnknownMethod = toldCheck(
  {
    id: 'host/refuses-unknown-request',
    title: 'A request that the adapter does not know is an error, and the next one is answered',
    level: 'should',
    needs: [SPEAKS],
    reference: 'JSON-RPC 2.0, section 5.1: -32601',
    why: 'A newer driver could not tell an old host from a dead one.',
    fix: 'Answer an unknown method with error -32601.',
  },
  async ({ host }) => {
    // A request that no version of the protocol has.
    const answer = await host.ask('iglu-conformance/unknown', {}).catch((error: unknown) => error);
    if (!(answer instanceof AdapterError))
      throw new Deviation('A request that nobody knows was answered.', 'an error', JSON.stringify(answer));
    if (answer.code !== 'ADAPTER_REFUSED') throw answer;
    await host.list();
  },
);

export const ADAPTER_CHECKS = [speaksAdapter, refusesUnknownMethod];
