type Listener = (byte: number) => void;

/**
 * Keeps long columns at the same place of the text. Only the column that the visitor is moving leads; the
 * others follow its topmost byte, and their own scroll events are not passed on.
 */
class ScrollLink {
  readonly #followers = new Map<string, Listener>();
  #leader = '';

  /** @returns the way to leave */
  join(id: string, follow: Listener): () => void {
    this.#followers.set(id, follow);
    return () => {
      if (this.#followers.get(id) === follow) this.#followers.delete(id);
    };
  }

  /** The visitor has put a hand on this column. */
  lead(id: string): void {
    this.#leader = id;
  }

  /** A column has scrolled to `byte` (with its fraction). */
  moved(id: string, byte: number): void {
    if (id !== this.#leader) return;
    for (const [other, follow] of this.#followers) if (other !== id) follow(byte);
  }
}

/** The lab's columns. */
export const scrollLink = new ScrollLink();
