/** For `expect.poll` and `vi.waitFor`: how long what has to come may take on a machine that is busy. */
export const EVENTUALLY = { timeout: 30_000 } as const;
