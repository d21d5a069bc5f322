import { escapeControls } from '../../harness/quote.js';
import type { PluginCheck } from './check.js';
import { DISPENSED } from './needs.js';
import { failed, notApplicable, passed } from './outcomes.js';

/** Fields that go-plugin's host takes for strings without looking (log_entry.go, parseJSON). */
const STRING_FIELDS = ['@message', '@level', '@timestamp'];

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const linesParse: PluginCheck = {
  id: 'logging/lines-parse',
  target: 'plugin',
  title: 'Log lines that begin as JSON objects are JSON objects',
  level: 'should',
  needs: DISPENSED,
  reference: 'go-plugin client.go, logStderr; hclog’s JSON format',
  why: 'A host logs a line that it cannot parse as debug text, whatever its level was: errors get lost.',
  fix: 'Write one JSON object a line (hclog with JSONFormat), with no prefix and no line break in it.',
  async run({ subject, attempt }) {
    const lines = (await subject.farewell(attempt)).stderrLines.filter((line) => line.startsWith('{'));
    if (lines.length === 0) return notApplicable('it logs no JSON');
    const broken = lines.find((line) => parse(line) === undefined);
    if (broken === undefined) return passed(`${lines.length} lines`);
    return failed({
      message: 'A log line begins as a JSON object and is none.',
      expected: 'one JSON object a line',
      actual: escapeControls(broken.slice(0, 300)),
    });
  },
};

const stringFields: PluginCheck = {
  id: 'logging/string-fields',
  target: 'plugin',
  title: 'In JSON log lines @message, @level and @timestamp are strings',
  level: 'must',
  needs: DISPENSED,
  reference: 'go-plugin log_entry.go, parseJSON; hashicorp/go-plugin#38',
  why: 'Anything else panics the host: a log line of the plugin takes the host down.',
  fix: 'Log with hclog, or turn the three fields into strings.',
  async run({ subject, attempt }) {
    const objects = (await subject.farewell(attempt)).stderrLines
      .filter((line) => line.startsWith('{'))
      .map((line) => ({ line, json: parse(line) }));
    if (objects.length === 0) return notApplicable('it logs no JSON');
    for (const { line, json } of objects) {
      if (typeof json !== 'object' || json === null) continue;
      const field = STRING_FIELDS.find(
        (name) => name in json && typeof (json as Record<string, unknown>)[name] !== 'string',
      );
      if (field === undefined) continue;
      return failed({
        message: `A log line has a ${field} that is not a string.`,
        expected: `${field} is a string`,
        actual: escapeControls(line.slice(0, 300)),
      });
    }
    return passed(`${objects.length} lines`);
  },
};

export const LOGGING_CHECKS = [linesParse, stringFields];
