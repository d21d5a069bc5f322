#!/usr/bin/env node
import { ConnectionError } from '../../../harness/client/index.js';
import { HandshakeError } from '../../../harness/handshake/index.js';
import { serveHost } from '../adapter/serve-host.js';
import type { HostError } from '../errors.js';
import { ReferenceHost } from '../reference-host.js';
import type { PluginInfo } from '../state.js';

/** Of a Go program that panics. */
const EXIT_PANIC = 2;

// Panics when a plugin does not shake hands as it should, or cannot be reached at its address.
await serveHost({
  host: class extends ReferenceHost {
    override async load(plugin: string): Promise<PluginInfo> {
      try {
        return await super.load(plugin);
      } catch (error) {
        const { cause } = error as HostError;
        if (!(cause instanceof HandshakeError || cause instanceof ConnectionError)) throw error;
        console.error(`panic: ${cause.message}`);
        return process.exit(EXIT_PANIC);
      }
    }
  },
});
