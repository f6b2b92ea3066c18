/** A place of a tree where a token may be added. */
export interface Slot {
  /** The node that it would be behind. */
  readonly parent: number;
  /** The estimate that the verification comes to try it. */
  readonly reach: number;
  /** What the draft's distribution has left there, not summing to 1; undefined where nothing was drawn yet. */
  readonly left: Float64Array | undefined;
}

/** Slots by their estimates, the highest first; of equal ones the one that came first. */
export class SlotHeap {
  readonly #slots: { readonly slot: Slot; readonly turn: number }[] = [];
  #turn = 0;

  push(slot: Slot): void {
    const all = this.#slots;
    let at = all.push({ slot, turn: this.#turn++ }) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#isBefore(at, above)) return;
      this.#swap(at, above);
      at = above;
    }
  }

  pop(): Slot | undefined {
    const all = this.#slots;
    if (all.length === 0) return undefined;
    this.#swap(0, all.length - 1);
    const { slot } = all.pop()!;
    for (let at = 0; ; ) {
      let first = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < all.length && this.#isBefore(child, first)) first = child;
      }
      if (first === at) return slot;
      this.#swap(at, first);
      at = first;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#slots[a]!, this.#slots[b]!];
    return (
      one.slot.reach > other.slot.reach || (one.slot.reach === other.slot.reach && one.turn < other.turn)
    );
  }

  #swap(a: number, b: number): void {
    const all = this.#slots;
    [all[a], all[b]] = [all[b]!, all[a]!];
  }
}
