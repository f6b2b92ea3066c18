/** Lets work that somebody waits for go first: what runs in the background begins only while none of it is in flight. */
export class Urgency {
  #urgent = 0;
  #waiting: (() => void)[] = [];

  /** Runs work that somebody waits for. */
  async first<T>(run: () => Promise<T>): Promise<T> {
    this.#urgent++;
    try {
      return await run();
    } finally {
      this.#urgent--;
      if (this.#urgent === 0) for (const resolve of this.#waiting.splice(0)) resolve();
    }
  }

  /** Runs work that nobody waits for, once no other is in flight. */
  async later<T>(run: () => Promise<T>): Promise<T> {
    while (this.#urgent > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return await run();
  }
}
