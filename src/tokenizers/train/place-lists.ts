import { enlarged } from '../../core/enlarged';

/** Many growing lists of places in two arrays: a list that is done gives its room to the others. */
export class PlaceLists {
  #places = new Int32Array(1 << 14);
  #next = new Int32Array(1 << 14);
  #used = 0;
  /** First of the cells that are free again; -1 for none. */
  #free = -1;

  /** Puts a place behind the cell `tail` (-1 begins a list). @returns its cell */
  append(tail: number, place: number): number {
    let cell = this.#free;
    if (cell >= 0) this.#free = this.#next[cell]!;
    else {
      cell = this.#used++;
      if (cell === this.#places.length) this.#grow();
    }
    this.#places[cell] = place;
    this.#next[cell] = -1;
    if (tail >= 0) this.#next[tail] = cell;
    return cell;
  }

  /** The place in a cell. */
  place(cell: number): number {
    return this.#places[cell]!;
  }

  /** The cell behind this one, which becomes free; -1 at the end. */
  take(cell: number): number {
    const next = this.#next[cell]!;
    this.#next[cell] = this.#free;
    this.#free = cell;
    return next;
  }

  #grow(): void {
    this.#places = enlarged(this.#places);
    this.#next = enlarged(this.#next);
  }
}
