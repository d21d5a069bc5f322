#!/usr/bin/env node
import { STRING, struct } from '../../../harness/gob/index.js';
import { withReplyType } from '../with-reply-type.js';
import { serveIglu } from '../iglu.js';

// Says something that no host of the contract hears.
await serveIglu({
  contract: withReplyType(
    'GetManifest',
    struct('GetManifestReply', {
      Manifest: struct('PluginManifest', {
        Id: STRING,
        Name: STRING,
        Author: STRING,
        Version: STRING,
        Licence: STRING,
      }),
    }),
  ),
  handlers: {
    GetManifest: () => ({
      Manifest: {
        Id: 'window-lights',
        Name: 'Window Lights',
        Author: 'Somebody',
        Version: 'v1.0.0',
        Licence: 'MIT',
      },
    }),
  },
});
