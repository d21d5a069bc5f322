#!/usr/bin/env node
import type { LaunchedPlugin, LaunchOptions } from '../../../harness/client/index.js';
import { serveHost } from '../adapter/serve-host.js';
import { ReferenceHost } from '../reference-host.js';

/** A FIFO that somebody has open for reading, and nobody reads: the plugin itself, which does not know of it. */
const UNREAD = 'mkfifo "$TMPDIR/log" && exec 9<>"$TMPDIR/log" && exec "$0" "$@" 2>"$TMPDIR/log"';

// Gives plugins a pipe for their stderr, and reads nothing of it: a plugin stands still when the pipe is full.
await serveHost({
  host: class extends ReferenceHost {
    protected override launch(options: LaunchOptions): Promise<LaunchedPlugin> {
      return super.launch({ ...options, command: ['/bin/sh', '-c', UNREAD, ...options.command] });
    }
  },
});
