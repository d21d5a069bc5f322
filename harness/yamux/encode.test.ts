import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { naiveEncode } from './codec.util.js';
import type { FrameType } from './constants.js';
import { encodeHeader } from './encode.js';

test('writes the twelve bytes that a naive encoder writes', () => {
  fc.assert(
    fc.property(
      fc.nat(3),
      fc.nat(0xffff),
      fc.nat(0xffff_ffff),
      fc.nat(0xffff_ffff),
      (type, flags, streamId, length) => {
        const header = { type: type as FrameType, flags, streamId, length };
        expect(encodeHeader(header)).toEqual(naiveEncode(header));
      },
    ),
  );
});
