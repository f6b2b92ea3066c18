import { ClusterWalker } from './graphemes';
import { encodeUtf8, isContinuation } from './utf8';

/** From `start` (inclusive) to `end` (exclusive). */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The place of a token in its text, in every unit. All spans except the first are widened to whole characters. */
export interface TokenSpans {
  readonly bytes: Span;
  /** UTF-16 units, as JavaScript counts. */
  readonly units: Span;
  readonly points: Span;
  /** Extended grapheme clusters (UAX 29), what readers take for one character; widened to whole clusters. */
  readonly graphemes: Span;
  /** The clusters the token touches, in UTF-16 units. */
  readonly clusters: Span;
  /** What the token's start or end divides: a character, or else a grapheme cluster. */
  readonly splits: 'character' | 'grapheme' | undefined;
}

/** Bytes, and units, between two stored places. */
const STRIDE = 4096;

/**
 * Converts byte spans of a text's UTF-8 to UTF-16 units, code points and grapheme clusters. One pass over the bytes
 * when created (a few milliseconds per megabyte). Clusters are counted once, as far as they are needed: that takes
 * up to a second per megabyte where they are not plain letters; `advance` does it in parts, ahead of `of`.
 */
export class TextSpans {
  readonly #text: string;
  readonly #bytes: Uint8Array;
  /** UTF-16 units and code points before every STRIDE-th byte. */
  readonly #units: Uint32Array;
  readonly #points: Uint32Array;
  /** Where some clusters begin, and their numbers. */
  readonly #clusterStarts: number[] = [0];
  readonly #clusterNumbers: number[] = [0];
  readonly #walker: ClusterWalker;
  #walked = 0;

  /** @param text lone surrogates count as U+FFFD, as for tokenizers */
  constructor(text: string) {
    this.#text = text.toWellFormed();
    this.#walker = new ClusterWalker(this.#text);
    const bytes = encodeUtf8(this.#text);
    this.#bytes = bytes;
    const places = Math.floor(bytes.length / STRIDE) + 1;
    this.#units = new Uint32Array(places);
    this.#points = new Uint32Array(places);
    let units = 0;
    let points = 0;
    for (let place = 0; place < places; place++) {
      this.#units[place] = units;
      this.#points[place] = points;
      const end = Math.min(bytes.length, (place + 1) * STRIDE);
      for (let i = place * STRIDE; i < end; i++) {
        const byte = bytes[i]!;
        if (isContinuation(byte)) continue;
        points++;
        units += byte >= 0xf0 ? 2 : 1;
      }
    }
  }

  /** Counts clusters of up to `units` more UTF-16 units; returns the counted share of the text. */
  advance(units: number): number {
    this.#countTo(Math.min(this.#text.length, this.#walker.at + units));
    return this.#text.length === 0 ? 1 : this.#walker.at / this.#text.length;
  }

  /** The spans of the token that covers the bytes `[start, end)`; `start` may equal `end`. */
  of(start: number, end: number): TokenSpans {
    const first = this.#place(start);
    const last = end > start ? this.#place(end) : first;
    const units = { start: first.unit, end: last.inside && end > start ? last.nextUnit : last.unit };
    const points = { start: first.point, end: last.inside && end > start ? last.point + 1 : last.point };
    const opening = this.#cluster(units.start);
    const closing = units.end > units.start ? this.#cluster(units.end - 1) : opening;
    const isEmpty = units.end === units.start;
    const splitsCharacter = first.inside || last.inside;
    const splitsCluster = opening.start < units.start || (!isEmpty && closing.end > units.end);
    return {
      bytes: { start, end },
      units,
      points,
      graphemes: { start: opening.number, end: isEmpty ? opening.number : closing.number + 1 },
      clusters: { start: opening.start, end: isEmpty ? opening.start : closing.end },
      splits: splitsCharacter ? 'character' : splitsCluster ? 'grapheme' : undefined,
    };
  }

  /** The character at a byte: where it begins, and whether the byte is inside it. */
  #place(byte: number): { unit: number; nextUnit: number; point: number; inside: boolean } {
    const bytes = this.#bytes;
    let start = Math.min(byte, bytes.length);
    while (start > 0 && start < bytes.length && isContinuation(bytes[start]!)) start--;
    const place = Math.floor(start / STRIDE);
    let unit = this.#units[place]!;
    let point = this.#points[place]!;
    for (let i = place * STRIDE; i < start; i++) {
      if (isContinuation(bytes[i]!)) continue;
      point++;
      unit += bytes[i]! >= 0xf0 ? 2 : 1;
    }
    const size = start < bytes.length && bytes[start]! >= 0xf0 ? 2 : 1;
    return { unit, nextUnit: unit + size, point, inside: start < byte };
  }

  /** The cluster that holds a UTF-16 unit; at the text's end the empty one there. */
  #cluster(unit: number): { start: number; end: number; number: number } {
    this.#countTo(Math.min(this.#text.length, unit + 1));
    let low = 0;
    for (let high = this.#clusterStarts.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if (this.#clusterStarts[middle]! <= unit) low = middle;
      else high = middle;
    }
    const walker = new ClusterWalker(this.#text, this.#clusterStarts[low]!);
    let number = this.#clusterNumbers[low]!;
    for (let start = walker.at; start < this.#text.length; start = walker.at) {
      const end = walker.next();
      if (end > unit) return { start, end, number };
      number++;
    }
    return { start: this.#text.length, end: this.#text.length, number };
  }

  #countTo(unit: number): void {
    const walker = this.#walker;
    while (walker.at < unit) {
      walker.next();
      this.#walked++;
      if (walker.at - this.#clusterStarts.at(-1)! < STRIDE) continue;
      this.#clusterStarts.push(walker.at);
      this.#clusterNumbers.push(this.#walked);
    }
  }
}
