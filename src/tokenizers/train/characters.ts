/** A text by its characters (code points), and parts of it. */
export class Characters {
  readonly points: Int32Array;
  readonly #text: string;
  /** Where each character begins in the text; undefined where every one is a single code unit. */
  readonly #starts: Int32Array | undefined;

  constructor(text: string) {
    this.#text = text;
    const points = new Int32Array(text.length);
    let starts: Int32Array | undefined;
    let count = 0;
    for (let at = 0; at < text.length; count++) {
      const point = text.codePointAt(at)!;
      points[count] = point;
      if (starts) starts[count] = at;
      if (point > 0xffff && !starts) starts = Int32Array.from({ length: text.length }, (_, i) => i);
      at += point > 0xffff ? 2 : 1;
    }
    this.points = points.subarray(0, count);
    this.#starts = starts;
  }

  get length(): number {
    return this.points.length;
  }

  /** The text of characters `[from, to)`. */
  text(from: number, to: number): string {
    const starts = this.#starts;
    if (!starts) return this.#text.slice(from, to);
    return this.#text.slice(starts[from], to < this.length ? starts[to] : undefined);
  }
}
