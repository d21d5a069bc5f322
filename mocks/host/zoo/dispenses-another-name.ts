#!/usr/bin/env node
import type { Client, Connection } from '../../../harness/client/index.js';
import { serveHost } from '../adapter/serve-host.js';
import { ReferenceHost } from '../reference-host.js';

// Asks for the plugin by a name that it had once.
await serveHost({
  host: class extends ReferenceHost {
    protected override dispense(connection: Connection, name: string): Promise<Client> {
      return super.dispense(connection, `old-${name}`);
    }
  },
});
