#!/usr/bin/env node
import { serveHost } from '../adapter/serve-host.js';
import { HostError } from '../errors.js';
import { ReferenceHost } from '../reference-host.js';
import type { PluginInfo } from '../state.js';

/** Of a Go program that panics. */
const EXIT_PANIC = 2;

// Panics when a reply is of a type that it does not know.
await serveHost({
  host: class extends ReferenceHost {
    override async load(plugin: string): Promise<PluginInfo> {
      try {
        return await super.load(plugin);
      } catch (error) {
        const { cause } = error as HostError;
        if (!(cause instanceof HostError && cause.code === 'HOST_REPLY_TYPE')) throw error;
        console.error(`panic: ${cause.message}`);
        return process.exit(EXIT_PANIC);
      }
    }
  },
});
