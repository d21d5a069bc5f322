/** Lets work run side by side, until some of it asks for silence: then it runs alone. */
export class Quiet {
  #running = 0;
  #alone = false;
  readonly #waiting: { alone: boolean; start: () => void }[] = [];

  /** Runs beside others. */
  async share<T>(work: () => Promise<T>): Promise<T> {
    return this.#enter(false, work);
  }

  /** Runs when nothing else does, and keeps everything else waiting. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#enter(true, work);
  }

  async #enter<T>(alone: boolean, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((start) => {
      this.#waiting.push({ alone, start });
      this.#admit();
    });
    try {
      return await work();
    } finally {
      this.#running -= 1;
      if (alone) this.#alone = false;
      this.#admit();
    }
  }

  /** In the order of asking, so that nobody waits for ever. */
  #admit(): void {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      if (this.#alone || (next.alone && this.#running > 0)) return;
      this.#waiting.shift();
      this.#running += 1;
      this.#alone = next.alone;
      next.start();
    }
  }
}
