import { writeFileSync } from 'node:fs';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { processesWith, until } from '../../harness/launch/test/leftovers.util.js';
import { compileMocks, nodePlugin } from './compiled.util.js';
import { useHosts } from './hosts.util.js';

const hosts = useHosts();
const compiled = compileMocks();

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s to the host ends every plugin, none of which has crashed', async (signal, exitCode) => {
  for (const id of ['a', 'b']) {
    const manifest = `({ Manifest: { Id: '${id}', Name: 'x', Author: '', Version: 'v1.0.0' } })`;
    hosts.put(id, { text: nodePlugin(compiled, `{ handlers: { GetManifest: () => ${manifest} } }`) });
  }
  const program = compiled('mocks/host/ended-by-signal.js');
  writeFileSync(
    program,
    `import { loadContract } from '../../harness/contract/index.js';
    import { ReferenceHost } from './index.js';
    const host = new ReferenceHost({ contract: await loadContract('iglu'), pluginFolder: process.argv[2], manageSignals: true });
    host.on('state', ({ id, to }) => console.log(id, to));
    await host.loadFolder();`,
  );
  let output = '';
  const child = execa(process.execPath, [program, hosts.folder], { reject: false, buffer: false });
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await until(() => output.match(/Running/g)?.length === 2);
  child.kill(signal);
  expect(await child).toMatchObject({ exitCode });
  expect(processesWith(hosts.folder)).toEqual([]);
  expect(output).not.toContain('Crashed');
});
