/** Appends segments to a JSON pointer (RFC 6901, section 3). */
export function pointer(base: string, ...segments: readonly (string | number)[]): string {
  return segments.reduce<string>(
    (path, segment) => `${path}/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`,
    base,
  );
}

/** The segments of a JSON pointer, unescaped. */
export function segmentsOf(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What a JSON pointer leads to in a JSON document; `undefined` when there is nothing. */
export function lookup(document: unknown, path: string): unknown {
  return segmentsOf(path).reduce<unknown>(
    (at, segment) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, segment)
        ? (at as Record<string, unknown>)[segment]
        : undefined,
    document,
  );
}
