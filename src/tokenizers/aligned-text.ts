/**
 * A stretch of text that remembers, for every code point, its bytes in the original text: those of the characters that
 * it was made from, all of them. Normalizers change the points, pre-tokenizers split them; the alignment survives both.
 * It is that of Hugging Face's NormalizedString, except that there a point made from several covers only one of them,
 * and the others belong to nothing, as if they had been removed.
 */
export class AlignedText {
  readonly points: Uint32Array;
  /** First original byte of each point. */
  readonly starts: Uint32Array;
  /** One past the last original byte of each point. */
  readonly ends: Uint32Array;
  /** Where this stretch begins in the original, which is also the place of what is inserted at its front. */
  readonly base: number;
  /** 1 for points made from several, made with others from one, or added: their bytes are not the text's. */
  readonly mixed: Uint8Array | undefined;
  #text: string | undefined;

  constructor(
    points: Uint32Array,
    starts: Uint32Array,
    ends: Uint32Array,
    base: number,
    text?: string,
    mixed?: Uint8Array,
  ) {
    this.points = points;
    this.mixed = mixed;
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
      undefined,
      this.mixed?.subarray(from, to),
    );
  }

  /**
   * Rewrites the points.
   * @param points the new points
   * @param changes for each: 0 means the next old point; n < 0 it and the -n old points after it, which became one;
   * n > 0 is inserted and shares the alignment of the point before it
   */
  transform(points: readonly number[], changes: readonly number[]): AlignedText {
    const starts = new Uint32Array(points.length);
    const ends = new Uint32Array(points.length);
    const mixed = new Uint8Array(points.length);
    let old = 0;
    for (let i = 0; i < points.length; i++) {
      const change = changes[i]!;
      if (change <= 0) {
        starts[i] = this.starts[old]!;
        mixed[i] = change < 0 || (changes[i + 1] ?? 0) > 0 ? 1 : (this.mixed?.[old] ?? 0);
        old += 1 - change;
        ends[i] = this.ends[old - 1]!;
      } else {
        starts[i] = i > 0 ? starts[i - 1]! : this.base;
        ends[i] = i > 0 ? ends[i - 1]! : this.base;
        mixed[i] = 1;
      }
    }
    return new AlignedText(Uint32Array.from(points), starts, ends, this.base, undefined, mixed);
  }

  /** Keeps the points for which `keep` holds. */
  filter(keep: (point: number) => boolean): AlignedText {
    const kept: number[] = [];
    for (let i = 0; i < this.length; i++) if (keep(this.points[i]!)) kept.push(i);
    if (kept.length === this.length) return this;
    const pick = (array: Uint32Array) => Uint32Array.from(kept, (i) => array[i]!);
    const { mixed } = this;
    return new AlignedText(
      pick(this.points),
      pick(this.starts),
      pick(this.ends),
      this.base,
      undefined,
      mixed && Uint8Array.from(kept, (i) => mixed[i]!),
    );
  }

  /** Replaces each point by one other. */
  map(replace: (point: number) => number): AlignedText {
    const points = new Uint32Array(this.length);
    for (let i = 0; i < points.length; i++) points[i] = replace(this.points[i]!);
    return new AlignedText(points, this.starts, this.ends, this.base, undefined, this.mixed);
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
    const mixed = new Uint8Array(points.length).fill(1, 0, added.length);
    if (this.mixed) mixed.set(this.mixed, added.length);
    return new AlignedText(points, shifted(this.starts), shifted(this.ends), this.base, undefined, mixed);
  }

  /** Replaces the point ranges `matches` (in order, apart) by `text`, all of which maps to all that it replaces. */
  replace(matches: readonly (readonly [number, number])[], text: string): AlignedText {
    if (matches.length === 0) return this;
    const added = pointsOf(text);
    const points: number[] = [];
    const starts: number[] = [];
    const ends: number[] = [];
    const mixed: number[] = [];
    let at = 0;
    const keepUntil = (end: number) => {
      for (; at < end; at++) {
        points.push(this.points[at]!);
        starts.push(this.starts[at]!);
        ends.push(this.ends[at]!);
        mixed.push(this.mixed?.[at] ?? 0);
      }
    };
    for (const [from, to] of matches) {
      keepUntil(from);
      for (const point of added) {
        points.push(point);
        // What an empty match inserts belongs to the point before.
        const first = from < to || from === 0 ? from : from - 1;
        starts.push(to > 0 ? this.starts[first]! : this.base);
        ends.push(to > 0 ? this.ends[to - 1]! : this.base);
        mixed.push(1);
      }
      at = to;
    }
    keepUntil(this.length);
    return new AlignedText(
      Uint32Array.from(points),
      Uint32Array.from(starts),
      Uint32Array.from(ends),
      this.base,
      undefined,
      Uint8Array.from(mixed),
    );
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

/** Whether a point maps to one character of as many bytes as it has, so that its bytes map one to one. */
export function isExact(piece: AlignedText, point: number): boolean {
  if (piece.mixed?.[point] === 1) return false;
  return piece.ends[point]! - piece.starts[point]! === utf8LengthOf(piece.points[point]!);
}
