type Listener = (byte: number) => void;

/**
 * Keeps long columns at the same place of the text. Only the column that the visitor is moving leads; the
 * others follow its topmost byte, one per frame, so that no frame has to redraw all of them.
 */
export class ScrollLink {
  readonly #followers = new Map<string, Listener>();
  #leader = '';
  #byte = 0;
  #waiting: string[] = [];

  /** @returns the way to leave */
  join(id: string, follow: Listener): () => void {
    this.#followers.set(id, follow);
    return () => {
      if (this.#followers.get(id) === follow) this.#followers.delete(id);
    };
  }

  /** The visitor has started to move this column. */
  lead(id: string): void {
    this.#leader = id;
  }

  /** A column has scrolled to `byte` (with its fraction). Only the leader's moves count. */
  moved(id: string, byte: number): void {
    if (id !== this.#leader) return;
    this.#byte = byte;
    if (this.#waiting.length === 0) requestAnimationFrame(() => this.#next());
    const others = [...this.#followers.keys()].filter((other) => other !== id);
    // The column that has waited longest stays first.
    this.#waiting = [...new Set([...this.#waiting.filter((other) => other !== id), ...others])];
  }

  #next(): void {
    const id = this.#waiting.shift();
    if (id === undefined) return;
    this.#followers.get(id)?.(this.#byte);
    if (this.#waiting.length > 0) requestAnimationFrame(() => this.#next());
  }
}
