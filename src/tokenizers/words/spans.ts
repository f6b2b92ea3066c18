/** Places in a text, in UTF-16 units or in bytes of its UTF-8, ascending and without overlap; gaps belong to no span. */
export interface Spans {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** Collects spans in order. */
export class SpanList {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  get size(): number {
    return this.#ends.length;
  }

  push(start: number, end: number): void {
    this.#starts.push(start);
    this.#ends.push(end);
  }

  /** Lets the last span end later. */
  extend(end: number): void {
    this.#ends[this.#ends.length - 1] = end;
  }

  spans(): Spans {
    return { starts: Uint32Array.from(this.#starts), ends: Uint32Array.from(this.#ends) };
  }
}

/** Spans whose places are moved to other units. @param places the new place of each old one */
export function movedSpans({ starts, ends }: Spans, places: Uint32Array): Spans {
  return { starts: starts.map((place) => places[place]!), ends: ends.map((place) => places[place]!) };
}
