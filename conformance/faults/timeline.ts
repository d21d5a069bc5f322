/** What happened when, for people. */
export class Timeline {
  readonly #start = performance.now();
  readonly #lines: string[] = [];

  /** @returns the moment, in milliseconds since the beginning */
  mark(text: string): number {
    const at = performance.now() - this.#start;
    this.#lines.push(`${at.toFixed(0).padStart(6)} ms  ${text}`);
    return at;
  }

  /** One line each, the moment first. */
  get lines(): readonly string[] {
    return [...this.#lines];
  }
}
