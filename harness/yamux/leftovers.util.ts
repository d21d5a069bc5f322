import assert from 'node:assert/strict';

import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';

const HANDLES = [
  'PipeWrap',
  'PipeServerWrap',
  'TCPSocketWrap',
  'TCPServerWrap',
  'TLSWrap',
  'ProcessWrap',
  'Timeout',
];

/** The tests of this file must leave no socket, process or timer behind. */
export function expectNothingLeft(): void {
  const handles = (): string[] => process.getActiveResourcesInfo().filter((name) => HANDLES.includes(name));
  let before: string[] = [];
  const left = (): string[] => {
    const known = [...before];
    return handles().filter((name) => {
      const at = known.indexOf(name);
      if (at >= 0) known.splice(at, 1);
      return at < 0;
    });
  };
  beforeAll(() => {
    before = handles();
  });
  afterAll(async () => {
    for (let tries = 0; left().length > 0 && tries < 100; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.deepEqual(left(), []);
  });
}

/** No test of this file may cause an unhandled rejection. */
export function expectNothingUnhandled(): void {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  beforeEach(() => {
    process.on('unhandledRejection', note);
  });
  afterEach(async () => {
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', note);
    assert.deepEqual(unhandled.splice(0), []);
  });
}
