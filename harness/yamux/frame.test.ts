import { expect, test } from 'vitest';

import { FLAG, FRAME_TYPE } from './constants.js';
import { describeFrame, type FrameHeader } from './frame.js';

const cases: [FrameHeader, string][] = [
  [{ type: FRAME_TYPE.data, flags: 0, streamId: 3, length: 12 }, 'data, stream 3, 12 bytes'],
  [
    { type: FRAME_TYPE.data, flags: FLAG.syn | FLAG.fin, streamId: 3, length: 0 },
    'data, stream 3, SYN+FIN, 0 bytes',
  ],
  [
    { type: FRAME_TYPE.windowUpdate, flags: FLAG.ack, streamId: 2, length: 131_072 },
    'window update, stream 2, ACK, +131072',
  ],
  [
    { type: FRAME_TYPE.windowUpdate, flags: FLAG.rst | 0x30, streamId: 2, length: 0 },
    'window update, stream 2, RST+0x30, +0',
  ],
  [{ type: FRAME_TYPE.ping, flags: FLAG.syn, streamId: 0, length: 7 }, 'ping SYN #7'],
  [{ type: FRAME_TYPE.ping, flags: FLAG.ack, streamId: 9, length: 7 }, 'ping ACK #7, stream 9'],
  [{ type: FRAME_TYPE.goAway, flags: 0, streamId: 0, length: 0 }, 'go-away 0 (normal)'],
  [{ type: FRAME_TYPE.goAway, flags: 0, streamId: 0, length: 1 }, 'go-away 1 (protocol error)'],
  [{ type: FRAME_TYPE.goAway, flags: 0, streamId: 0, length: 99 }, 'go-away 99 (unknown code)'],
];

test.each(cases)('%j', (header, text) => {
  expect(describeFrame(header)).toBe(text);
});
