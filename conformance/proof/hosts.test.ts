import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasGo } from '../../harness/test/go.util.js';
import { HOST_CATALOGUE } from '../checks/index.js';
import { FAULT_CELLS } from '../faults/index.js';
import { built } from '../run/built.util.js';
import type * as ProveFaults from './prove-faults.js';
import type * as ProveHost from './prove-host.js';

// From what is built: relays and mocks run in Nodes of their own, which need JavaScript.
const builtProof = async (name: string): Promise<unknown> =>
  import(pathToFileURL(built(`conformance/proof/${name}.js`)).href);
const { proveFaults } = (await builtProof('prove-faults')) as typeof ProveFaults;
const { BROKEN_HOSTS, GOOD_HOSTS, hostZooNames, proveHost } = (await builtProof(
  'prove-host',
)) as typeof ProveHost;

/** Of a broken host, what must be found and all that this needs; dist/conformance/proof/hosts-main.js asks for everything. */
describe('each broken host', () => {
  it.each(BROKEN_HOSTS)('$name', { timeout: 300_000 }, async (host) => {
    const { missed, wrong } = await proveHost(host, { only: host.findings });
    expect({ missed, wrong }).toEqual({ missed: [], wrong: [] });
  });
});

describe('a good host', () => {
  const hosts = GOOD_HOSTS.filter(({ needsGo }) => hasGo || !needsGo);

  it.each(hosts)('$name passes every check but the table', { timeout: 300_000 }, async (host) => {
    const { wrong, report } = await proveHost(host, { skip: ['host/withstands@**'] });
    expect(wrong).toEqual([]);
    const notPassed = report.checks.filter(({ outcome }) => outcome !== 'passed').map(({ key }) => key);
    expect(notPassed).toEqual([]);
  });

  it.each(hosts)('$name withstands the whole fault table', { timeout: 600_000 }, async (host) => {
    const proofs = await proveFaults(host, 4);
    expect(proofs.filter(({ problem, hostDied }) => problem !== undefined || hostDied)).toEqual([]);
    expect(proofs.length).toBe(FAULT_CELLS.filter(({ expected }) => !('impossible' in expected)).length);
  });
});

describe('the catalogue of checks on hosts', () => {
  it('has a host that fails each check', () => {
    const failed = new Set(BROKEN_HOSTS.flatMap(({ findings }) => findings.map((key) => key.split('@')[0])));
    expect(HOST_CATALOGUE.map(({ id }) => id).filter((id) => !failed.has(id))).toEqual([]);
  });

  it('expects something of every broken host', () => {
    const expected = BROKEN_HOSTS.map(({ name }) => name);
    expect(hostZooNames().filter((name) => !expected.includes(`host-zoo/${name}`))).toEqual([]);
  });
});
