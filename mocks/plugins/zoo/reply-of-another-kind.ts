#!/usr/bin/env node
import { STRING, struct } from '../../../harness/gob/index.js';
import { withReplyType } from '../with-reply-type.js';
import { serveIglu } from '../iglu.js';

// Answers with a string where a bool belongs.
await serveIglu({
  contract: withReplyType('GetDeviceStatus', struct('GetDeviceStatusReply', { Status: STRING })),
  handlers: { GetDeviceStatus: () => ({ Status: 'off' }) },
});
