/** Names longer than this are not compared: the distance costs the product of both lengths. */
const COMPARED = 80;

/**
 * A sentence such as ` Did you mean "methods"?` when one of the names is close to what was written, else `undefined`.
 * Close means: at most two edits for every five characters; case does not count.
 */
export function didYouMean(written: string, names: Iterable<string>): string | undefined {
  if (written.length > COMPARED) return undefined;
  let best: { name: string; distance: number } | undefined;
  for (const name of names) {
    if (name.length > COMPARED) continue;
    const distance = editDistance(written.toLowerCase(), name.toLowerCase());
    if (distance > 0.4 * Math.max(written.length, name.length)) continue;
    if (best === undefined || distance < best.distance) best = { name, distance };
  }
  return best === undefined ? undefined : `Did you mean ${JSON.stringify(best.name)}?`;
}

/** Levenshtein's distance, with a swap of neighbours as one edit. */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (previous[j] ?? 0) + 1,
        (current[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforePrevious[j - 2] ?? 0) + 1);
      }
      current.push(cost);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
