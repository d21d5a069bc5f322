#!/usr/bin/env node
import { PluginConnection } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';
import { withConnection } from '../with-connection.js';

// Gives its plugin away once for each connection.
class Connection extends PluginConnection {
  #dispensed = false;

  protected override dispense(name: string): number {
    if (this.#dispensed) throw new Error('already dispensed');
    const id = super.dispense(name);
    this.#dispensed = true;
    return id;
  }
}

await serveIglu({ server: withConnection(Connection) });
