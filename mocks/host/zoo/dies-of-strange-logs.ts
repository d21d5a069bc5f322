#!/usr/bin/env node
import { LineSplitter, type Line } from '../adapter/lines.js';
import { serveHost } from '../adapter/serve-host.js';
import { PluginRun } from '../plugin-run.js';
import { ReferenceHost } from '../reference-host.js';

/** As much of a line as is looked at. */
const MAX_LINE_BYTES = 64 * 1024;

class Logged extends PluginRun {
  constructor(...parts: ConstructorParameters<typeof PluginRun>) {
    super(...parts);
    const lines = new LineSplitter(MAX_LINE_BYTES);
    this.launched.process.stderr.onChunk((chunk) => lines.push(chunk).forEach(log));
  }
}

// Takes the message of a log entry for a string, as go-plugin did: one that is none is the end of the host.
await serveHost({
  host: class extends ReferenceHost {
    protected override makeRun(...parts: ConstructorParameters<typeof PluginRun>): PluginRun {
      return new Logged(...parts);
    }
  },
});

function log(line: Line): void {
  const entry = 'bytes' in line ? parse(line.bytes.toString()) : undefined;
  const message = entry?.['@message'];
  if (message !== undefined) console.error((message as string).trim());
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return (JSON.parse(text) as Record<string, unknown> | null) ?? undefined;
  } catch {
    return undefined;
  }
}
