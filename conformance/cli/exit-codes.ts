import type { Verdict } from '../report/index.js';

/** Scripts depend on these. */
export const EXIT = { conformant: 0, nonconformant: 1, notJudged: 2, interrupted: 130 } as const;

const BY_VERDICT: Readonly<Record<Verdict, number>> = {
  conformant: EXIT.conformant,
  nonconformant: EXIT.nonconformant,
  inconclusive: EXIT.notJudged,
};

/** Of several subjects the worst counts: 1 before 2 before 0. */
export function exitCode(verdicts: readonly Verdict[]): number {
  const codes = verdicts.map((verdict) => BY_VERDICT[verdict]);
  if (codes.includes(EXIT.nonconformant)) return EXIT.nonconformant;
  return codes.includes(EXIT.notJudged) ? EXIT.notJudged : EXIT.conformant;
}
