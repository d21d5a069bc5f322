#!/usr/bin/env node
import { Decoder, type Decoded } from '../../../harness/gob/index.js';
import { textOf } from '../../../harness/netrpc/index.js';
import { PluginConnection } from '../../../harness/server/index.js';
import type { ValueStruct } from '../../../harness/value/index.js';
import { serveIglu } from '../iglu.js';
import { withConnection } from '../with-connection.js';

// Cuts the name of a method at its dot, and has not thought of one without.
class Connection extends PluginConnection {
  protected override accept(...[stream, index]: Parameters<PluginConnection['accept']>): void {
    super.accept(stream, index);
    if (index > 0) return;
    const messages = new Decoder();
    stream.on('data', (chunk: Buffer) => {
      try {
        for (const message of messages.push(chunk)) look(message);
      } catch {
        // What is no gob is not this plugin's fault.
      }
    });
  }
}

function look({ type, value }: Decoded): void {
  if (type.kind !== 'struct' || type.name !== 'Request') return;
  const { ServiceMethod } = value as ValueStruct;
  if (typeof ServiceMethod === 'string' && !textOf(ServiceMethod).includes('.')) process.exit(2);
}

await serveIglu({ server: withConnection(Connection) });
