#!/usr/bin/env node
import { serveHost } from '../adapter/serve-host.js';
import { HostError } from '../errors.js';
import { ReferenceHost } from '../reference-host.js';
import type { PluginInfo } from '../state.js';

/** Of a Go program that panics. */
const EXIT_PANIC = 2;

// Panics when a plugin dies in a call by which it is set up; later calls are taken more easily.
await serveHost({
  host: class extends ReferenceHost {
    override async load(plugin: string): Promise<PluginInfo> {
      try {
        return await super.load(plugin);
      } catch (error) {
        const { cause } = error as HostError;
        if (!(cause instanceof HostError && cause.code === 'HOST_CALL_LOST')) throw error;
        console.error(`panic: ${cause.message}`);
        return process.exit(EXIT_PANIC);
      }
    }
  },
});
