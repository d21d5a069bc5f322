import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import * as api from './index.js';
import { readReport } from './report/index.js';
import { DEMO, ROOT, zoo } from './run/built.util.js';
import { tempFolder, writeAt } from './run/temp-folder.util.js';

const folder = tempFolder();

test('what the package offers is what it means to', () => {
  expect(Object.keys(api).toSorted((a, b) => a.localeCompare(b, 'en'))).toEqual([
    'CATALOGUE',
    'checkHost',
    'checkPlugin',
    'ContractError',
    'CounterexampleError',
    'DEFAULT_BUDGETS',
    'DEFAULT_HOST_BUDGETS',
    'endEverything',
    'HarnessError',
    'HOST_CATALOGUE',
    'HostRunError',
    'installSignalGuard',
    'loadContract',
    'parseKnownFailing',
    'readReport',
    'replay',
    'ReportError',
    'reportToJson',
    'reportToText',
    'RunError',
    'runPlugin',
    'setToText',
  ]);
});

test('a program of its own can judge a plugin', async () => {
  // In the package's own folder, where Node takes its name for itself, by way of its exports.
  const { stdout } = await execa(
    process.execPath,
    ['--input-type=module', '-e', PROGRAM, ...zoo('ping-is-an-error')],
    { cwd: ROOT },
  );
  const [first = '', ...rest] = stdout.split('\n');
  expect(first).toMatch(/^✗ .*ping-is-an-error\.js is nonconformant: /);
  expect(readReport(rest.join('\n'), 'stdout')).toMatchObject({
    verdict: 'nonconformant',
    scope: { reasons: ['--only session'] },
  });
});

const PROGRAM = `
  import { checkPlugin, CATALOGUE, loadContract, reportToJson, reportToText } from 'iglu-conformance';
  import reportSchema from 'iglu-conformance/report.schema.json' with { type: 'json' };
  import adapterSchema from 'iglu-conformance/adapter.schema.json' with { type: 'json' };
  import contractSchema from 'iglu-conformance/contract.schema.json' with { type: 'json' };

  if (!reportSchema.$id.endsWith('report.schema.json') || !contractSchema.$id || !adapterSchema.$id) throw new Error('other schemas');
  if (!CATALOGUE.some(({ id }) => id === 'session/ping')) throw new Error('another catalogue');
  const report = await checkPlugin(process.argv.slice(1), { contract: await loadContract('iglu'), only: ['session'] });
  process.stdout.write(reportToText(report, { quiet: true }) + reportToJson(report));
`;

test('plugins run side by side do not disturb each other', async () => {
  const slow = writeAt(join(folder, 'slow'), `#!/bin/sh\nsleep 1\nexec '${DEMO.join("' '")}'\n`);
  const reports = await Promise.all([
    api.checkPlugin([slow], { only: ['session/ping'] }),
    api.checkPlugin(DEMO, { only: ['session/ping'] }),
    api.checkPlugin(['/nowhere/plugin']),
    api.checkPlugin(zoo('ping-is-an-error'), { only: ['session/ping'] }),
  ]);
  expect(reports.map(({ verdict }) => verdict)).toEqual([
    'conformant',
    'conformant',
    'inconclusive',
    'nonconformant',
  ]);
});
