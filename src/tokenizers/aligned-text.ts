/**
 * A stretch of text that remembers, for every code point, its bytes in the original text.
 * Normalizers change the points, pre-tokenizers split them; the alignment survives both. The alignment rules are
 * those of Hugging Face's NormalizedString, so that offsets agree with that library.
 */
export class AlignedText {
  readonly points: Uint32Array;
  /** First original byte of each point. */
  readonly starts: Uint32Array;
  /** One past the last original byte of each point. */
  readonly ends: Uint32Array;
  /** Where this stretch begins in the original, which is also the place of what is inserted at its front. */
  readonly base: number;
  #text: string | undefined;

  constructor(points: Uint32Array, starts: Uint32Array, ends: Uint32Array, base: number, text?: string) {
    this.points = points;
    this.starts = starts;
    this.ends = ends;
    this.base = base;
    this.#text = text;
  }

  /** @param text well-formed; @param byte where it begins in the original */
  static from(text: string, byte = 0): AlignedText {
    const points = new Uint32Array(text.length);
    const starts = new Uint32Array(text.length);
    const ends = new Uint32Array(text.length);
    let count = 0;
    let at = byte;
    for (let unit = 0; unit < text.length; unit++) {
      const point = text.codePointAt(unit)!;
      if (point > 0xffff) unit++;
      points[count] = point;
      starts[count] = at;
      at += utf8LengthOf(point);
      ends[count++] = at;
    }
    return new AlignedText(
      points.subarray(0, count),
      starts.subarray(0, count),
      ends.subarray(0, count),
      byte,
      text,
    );
  }

  get length(): number {
    return this.points.length;
  }

  /** The stretch as a string. */
  get text(): string {
    this.#text ??= stringOf(this.points);
    return this.#text;
  }

  /** The points `[from, to)`, sharing memory. */
  slice(from: number, to: number): AlignedText {
    if (from === 0 && to === this.length) return this;
    const base = from < to ? this.starts[from]! : this.base;
    return new AlignedText(
      this.points.subarray(from, to),
      this.starts.subarray(from, to),
      this.ends.subarray(from, to),
      base,
    );
  }

  /**
   * Rewrites the points.
   * @param points the new points
   * @param changes for each: 0 means the next old point; n < 0 the same, and -n more old points are removed
   * after it; n > 0 is inserted and shares the alignment of the old point before it
   * @param skip old points to remove at the front
   */
  transform(points: readonly number[], changes: readonly number[], skip = 0): AlignedText {
    const starts = new Uint32Array(points.length);
    const ends = new Uint32Array(points.length);
    let old = skip;
    for (let i = 0; i < points.length; i++) {
      const change = changes[i]!;
      const source = change > 0 ? old - 1 : old;
      starts[i] = source < 0 ? this.base : this.starts[source]!;
      ends[i] = source < 0 ? this.base : this.ends[source]!;
      if (change <= 0) old += 1 - change;
    }
    return new AlignedText(Uint32Array.from(points), starts, ends, this.base);
  }

  /** Keeps the points for which `keep` holds. */
  filter(keep: (point: number) => boolean): AlignedText {
    const kept: number[] = [];
    for (let i = 0; i < this.length; i++) if (keep(this.points[i]!)) kept.push(i);
    if (kept.length === this.length) return this;
    return this.#pick(kept, (i) => this.points[i]!);
  }

  /** Replaces each point by one other. */
  map(replace: (point: number) => number): AlignedText {
    const points = new Uint32Array(this.length);
    for (let i = 0; i < points.length; i++) points[i] = replace(this.points[i]!);
    return new AlignedText(points, this.starts, this.ends, this.base);
  }

  /** Puts `text` in front; all of it maps to the same original bytes as the first point. */
  prepend(text: string): AlignedText {
    if (this.length === 0) return this;
    const added = pointsOf(text);
    const shifted = (array: Uint32Array) => {
      const out = new Uint32Array(array.length + added.length);
      out.set(array, added.length);
      return out.fill(array[0]!, 0, added.length);
    };
    const points = shifted(this.points);
    points.set(added);
    return new AlignedText(points, shifted(this.starts), shifted(this.ends), this.base);
  }

  /** Replaces the point ranges `matches` (in order, apart) by `text`, which maps to the last point replaced. */
  replace(matches: readonly (readonly [number, number])[], text: string): AlignedText {
    if (matches.length === 0) return this;
    const added = pointsOf(text);
    const points: number[] = [];
    const sources: number[] = [];
    let at = 0;
    for (const [from, to] of matches) {
      for (; at < from; at++) {
        points.push(this.points[at]!);
        sources.push(at);
      }
      for (const point of added) {
        points.push(point);
        sources.push(to - 1);
      }
      at = to;
    }
    for (; at < this.length; at++) {
      points.push(this.points[at]!);
      sources.push(at);
    }
    return this.#pick(sources, (_, i) => points[i]!);
  }

  #pick(sources: readonly number[], pointOf: (source: number, i: number) => number): AlignedText {
    const points = new Uint32Array(sources.length);
    const starts = new Uint32Array(sources.length);
    const ends = new Uint32Array(sources.length);
    sources.forEach((source, i) => {
      points[i] = pointOf(source, i);
      starts[i] = source < 0 ? this.base : this.starts[source]!;
      ends[i] = source < 0 ? this.base : this.ends[source]!;
    });
    return new AlignedText(points, starts, ends, this.base);
  }
}

/** Bytes of a code point in UTF-8. */
export function utf8LengthOf(point: number): number {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

/** The code points of a text. */
export function pointsOf(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0)!);
}

/** The text of code points. */
export function stringOf(points: ArrayLike<number>): string {
  let text = '';
  // In chunks: a call takes only so many arguments.
  for (let i = 0; i < points.length; i += 4096) {
    text += String.fromCodePoint(...Array.prototype.slice.call(points, i, i + 4096));
  }
  return text;
}

/** The original byte where a token begins at a place in quarters of a point. */
export function originalStart(piece: AlignedText, place: number): number {
  const point = place >> 2;
  const start = piece.starts[point]!;
  return isExact(piece, point) ? start + (place & 3) : start;
}

/** The original byte where a token ends at a place in quarters of a point. */
export function originalEnd(piece: AlignedText, place: number): number {
  const part = place & 3;
  if (part === 0) return piece.ends[(place >> 2) - 1]!;
  const point = place >> 2;
  return isExact(piece, point) ? piece.starts[point]! + part : piece.ends[point]!;
}

/** Whether a point maps to as many bytes as it has, so that its bytes map one to one. */
function isExact(piece: AlignedText, point: number): boolean {
  return piece.ends[point]! - piece.starts[point]! === utf8LengthOf(piece.points[point]!);
}
