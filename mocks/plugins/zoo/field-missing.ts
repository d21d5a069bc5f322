#!/usr/bin/env node
import { STRING, struct } from '../../../harness/gob/index.js';
import { withReplyType } from '../with-reply-type.js';
import { serveIglu } from '../iglu.js';

// Was built before the manifest had an author.
await serveIglu({
  contract: withReplyType(
    'GetManifest',
    struct('GetManifestReply', {
      Manifest: struct('PluginManifest', { Id: STRING, Name: STRING, Version: STRING }),
    }),
  ),
  handlers: {
    GetManifest: () => ({ Manifest: { Id: 'window-lights', Name: 'Window Lights', Version: 'v1.0.0' } }),
  },
});
