/** Magnitudes that are tried first when a large number is to get smaller. */
const MAGNITUDES = [1, 2, 10, 100, 1000, 1e6, 1e9, 1e15, 1e18, 1e21, 1e38, 1e100, 1e300];

/** What is tried first in place of a fraction. */
const NEAR = [1, 2, 0.5, 1.5];

/** Simpler floats: nearer to the target, shorter to write, finite, numbers at all. `step` is what they are multiples of, or 0. */
export function* simplerFloats(value: number, target: number, step: number): Generator<number> {
  const candidates = step > 0 ? onSteps(value, target, step) : freely(value, target);
  for (const candidate of candidates) if (isSimpler(candidate, value, target)) yield candidate;
}

function* freely(value: number, target: number): Generator<number> {
  yield target;
  yield -value;
  if (Number.isNaN(value)) return;
  const sign = value < target ? -1 : 1;
  if (!Number.isInteger(value)) for (const near of NEAR) yield target + sign * near;
  for (const magnitude of MAGNITUDES) {
    if (magnitude < Math.abs(value - target)) yield target + sign * magnitude;
  }
  if (!Number.isFinite(value)) return;
  for (const digits of [1, 10, 100, 1000, 1e6]) yield Math.trunc(value * digits) / digits;
  if (!Number.isInteger(value)) return;
  for (let gap = Math.trunc((value - target) / 2); gap !== 0; gap = Math.trunc(gap / 2)) yield value - gap;
}

function* onSteps(value: number, target: number, step: number): Generator<number> {
  yield target;
  if (!Number.isFinite(value)) return;
  for (let gap = Math.trunc((value - target) / step / 2); gap !== 0; gap = Math.trunc(gap / 2)) {
    yield onGrid(value - gap * step, step);
  }
  yield onGrid(value - Math.sign(value - target) * step, step);
}

/** The target before all else, numbers before NaN, finite ones before others, integers before others, then nearness. */
function isSimpler(a: number, b: number, target: number): boolean {
  const [left, right] = [rank(a, target), rank(b, target)];
  for (const [index, part] of left.entries()) {
    const other = right[index] ?? 0;
    if (part !== other) return part < other;
  }
  return false;
}

function rank(value: number, target: number): number[] {
  if (Object.is(value, target)) return [0];
  if (Number.isNaN(value)) return [4];
  if (!Number.isFinite(value)) return [3, value < 0 ? 1 : 0];
  const kind = Number.isInteger(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? 1 : 2;
  const length = kind === 2 ? String(Math.abs(value)).length : 0;
  return [kind, length, Math.abs(value - target), value < 0 || Object.is(value, -0) ? 1 : 0];
}

/** The nearest multiple. */
export function onGrid(value: number, step: number): number {
  return step > 0 && Number.isFinite(value) ? Math.round(value / step) * step + 0 : value;
}
