/** One past the largest int64, and one past the largest uint64. Both are exact as doubles. */
const INT64_END = 2 ** 63;
const UINT64_END = 2 ** 64;

/**
 * The number that stands for an integer when it is judged against `minimum` and `maximum`.
 *
 * A schema's limits are doubles: `9223372036854775807`, the largest int64, is read as 2^63. Rounding to nearest would
 * put 2^63 - 1 and 2^63 on the same side of it. So magnitudes are rounded toward zero, and what is past the end of
 * int64 or uint64 is put strictly past it, whether the schema names the last value inside or the first outside.
 */
export function projectInteger(value: bigint): number {
  if (value < 0n) return value === -(2n ** 63n) ? -INT64_END : -projectMagnitude(-value);
  return projectMagnitude(value);
}

function projectMagnitude(value: bigint): number {
  const nearest = Number(value);
  if (value >= 2n ** 64n) return Math.max(nearest, above(UINT64_END));
  const towardZero = BigInt(nearest) > value ? below(nearest) : nearest;
  return value >= 2n ** 63n ? Math.max(towardZero, above(INT64_END)) : towardZero;
}

/** The next double up from a power of two of 2^53 or more; the spacing there is 2^-52 of it. */
function above(power: number): number {
  return power * (1 + Number.EPSILON);
}

/** The next double down from a positive double. */
function below(value: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigUint64(0, view.getBigUint64(0) - 1n);
  return view.getFloat64(0);
}
