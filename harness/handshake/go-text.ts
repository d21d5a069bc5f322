/** Go's unicode.IsSpace: unlike JavaScript's, it leaves a byte order mark standing. */
const GO_SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** Go's strings.TrimSpace, in linear time: a regular expression that ends in `$` tries every run of spaces. */
export function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && GO_SPACE.test(text.charAt(start))) start += 1;
  while (end > start && GO_SPACE.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Go's strconv.Atoi, for numbers that JavaScript holds exactly. */
export function atoi(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = Number(text);
  // The sum makes 0 of -0.
  return Number.isSafeInteger(value) ? value + 0 : undefined;
}

/** Go's strconv.ParseBool. */
export function parseBool(text: string): boolean | undefined {
  if (/^(?:1|t|T|TRUE|true|True)$/.test(text)) return true;
  if (/^(?:0|f|F|FALSE|false|False)$/.test(text)) return false;
  return undefined;
}
