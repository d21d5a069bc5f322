#!/usr/bin/env node
import { Decoder, GobError } from '../../../harness/gob/index.js';
import { PluginConnection } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';
import { withConnection } from '../with-connection.js';

// Takes it for granted that a message is of a type that was defined before.
class Connection extends PluginConnection {
  protected override accept(...[stream, index]: Parameters<PluginConnection['accept']>): void {
    super.accept(stream, index);
    if (index > 0) return;
    const types = new Decoder();
    stream.on('data', (chunk: Buffer) => {
      try {
        types.push(chunk);
      } catch (error) {
        if (error instanceof GobError && error.code === 'GOB_UNKNOWN_TYPE') process.exit(2);
      }
    });
  }
}

await serveIglu({ server: withConnection(Connection) });
