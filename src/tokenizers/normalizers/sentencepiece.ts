import { enlarged } from '../../core/enlarged';
import { encodeUtf8 } from '../../core/text/utf8';
import { AlignedText, pointsOf, utf8LengthOf } from '../aligned-text';
import { SymbolMatcher } from '../models/symbol-matcher';
import type { PrecompiledMap } from './precompiled';

/** Options of `SentencePieceNormalizer`, as in `NormalizerSpec` and `TrainerSpec`. */
export interface SentencePieceOptions {
  readonly map: PrecompiledMap | undefined;
  readonly dummyPrefix: boolean;
  readonly removeExtraWhitespace: boolean;
  /** Spaces become U+2581. */
  readonly escapeWhitespace: boolean;
  /** The space that `dummyPrefix` adds comes last instead of first. */
  readonly whitespaceAsSuffix: boolean;
  /** User-defined symbols: they are sought in the text as it is, and are not normalized. */
  readonly symbols: readonly string[];
}

const SPACE = 0x20;
const MARK = 0x2581;

/**
 * Normalizes as SentencePiece itself does (normalizer.cc, version 0.2.3). Each time, the longest user-defined symbol
 * that the rest of the text begins with is taken as it is, or else the longest key of the character map is replaced.
 *
 * A character that replaces others covers all of them, and so does a space for the run of spaces that it stands for.
 * Spaces at the ends of the text and characters that the map removes belong to nothing. The added space covers nothing,
 * at the place of the first or last character.
 */
export class SentencePieceNormalizer {
  readonly #options: SentencePieceOptions;
  readonly #matcher: SymbolMatcher | undefined;

  constructor(options: SentencePieceOptions) {
    this.#options = options;
    this.#matcher = options.symbols.length > 0 ? new SymbolMatcher(options.symbols) : undefined;
  }

  normalize(source: AlignedText): AlignedText {
    const { dummyPrefix, removeExtraWhitespace, whitespaceAsSuffix } = this.#options;
    const space = this.#options.escapeWhitespace ? MARK : SPACE;
    const prefixes = new Prefixes(source, this.#options.map, this.#matcher);
    prefixes.next();
    while (removeExtraWhitespace && !prefixes.atEnd && prefixes.length === 1 && prefixes.first === SPACE) {
      prefixes.next();
    }
    const out = new Writer(source.length + 1);
    if (prefixes.atEnd) return out.finish(source.base);
    const inFront = dummyPrefix && !whitespaceAsSuffix;
    if (inFront) out.pushEmpty(space, source.starts[prefixes.from]!);
    let afterSpace = removeExtraWhitespace;
    for (; !prefixes.atEnd; prefixes.next()) {
      const { length } = prefixes;
      const start = source.starts[prefixes.from]!;
      const end = source.ends[prefixes.to - 1]!;
      let skipped = 0;
      if (afterSpace) {
        while (skipped < length && prefixes.pointAt(skipped) === SPACE) skipped++;
        // The space that is kept stands for those that are not.
        if (skipped > 0 && skipped === length && out.count > (inFront ? 1 : 0)) out.extend(end);
      }
      if (skipped === length) continue;
      for (let i = skipped; i < length; i++) {
        const point = prefixes.pointAt(i);
        out.push(point === SPACE ? space : point, start, end, prefixes.isReplaced ? 1 : 0);
      }
      afterSpace = removeExtraWhitespace && prefixes.pointAt(length - 1) === SPACE;
    }
    let end = source.ends[source.length - 1]!;
    while (removeExtraWhitespace && out.last === space) end = out.pop();
    if (inFront) out.placeFirst();
    if (dummyPrefix && whitespaceAsSuffix) out.pushEmpty(space, end);
    return out.finish(source.base);
  }
}

/** Goes through a text by what is normalized at once: a symbol, a key of the map, or a character. */
class Prefixes {
  /** How many points it becomes. */
  length = 0;
  /** The first of them. */
  first = 0;
  /** The points of the text that it replaces. */
  from = 0;
  to = 0;
  atEnd = false;
  readonly #source: Uint32Array;
  readonly #map: PrecompiledMap | undefined;
  readonly #matcher: SymbolMatcher | undefined;
  readonly #bytes: Uint8Array;
  #byte = 0;
  /** Undefined where the text stays as it is. */
  #replacement: readonly number[] | undefined;

  constructor(source: AlignedText, map: PrecompiledMap | undefined, matcher: SymbolMatcher | undefined) {
    this.#source = source.points;
    this.#map = map;
    this.#matcher = matcher;
    this.#bytes = map ? encodeUtf8(source.text) : new Uint8Array(0);
  }

  /** Whether it is something else than the text. */
  get isReplaced(): boolean {
    return this.#replacement !== undefined;
  }

  pointAt(i: number): number {
    if (i === 0) return this.first;
    return this.#replacement ? this.#replacement[i]! : this.#source[this.from + i]!;
  }

  next(): void {
    const source = this.#source;
    this.from = this.to;
    this.atEnd = this.from >= source.length;
    if (this.atEnd) return;
    const symbol = this.#matcher?.lengthAt(source, this.from) ?? 0;
    const found = symbol === 0 ? this.#map?.longestAt(this.#bytes, this.#byte) : undefined;
    if (found) {
      this.#replacement = pointsOf(found.replacement);
      this.length = this.#replacement.length;
      this.first = this.#replacement[0] ?? 0;
      const until = this.#byte + found.length;
      while (this.#byte < until) this.#byte += utf8LengthOf(source[this.to++]!);
      return;
    }
    this.#replacement = undefined;
    this.length = symbol || 1;
    this.first = source[this.from]!;
    this.to += this.length;
    if (!this.#map) return;
    for (let i = this.from; i < this.to; i++) this.#byte += utf8LengthOf(source[i]!);
  }
}

/** Collects points with their alignment. */
class Writer {
  count = 0;
  #points: Uint32Array;
  #starts: Uint32Array;
  #ends: Uint32Array;
  #mixed: Uint8Array;

  constructor(capacity: number) {
    this.#mixed = new Uint8Array(capacity);
    this.#points = new Uint32Array(capacity);
    this.#starts = new Uint32Array(capacity);
    this.#ends = new Uint32Array(capacity);
  }

  get last(): number | undefined {
    return this.count > 0 ? this.#points[this.count - 1] : undefined;
  }

  push(point: number, start: number, end: number, mixed: number): void {
    if (this.count === this.#points.length) {
      this.#points = enlarged(this.#points);
      this.#starts = enlarged(this.#starts);
      this.#ends = enlarged(this.#ends);
      const mixed = new Uint8Array(this.#points.length);
      mixed.set(this.#mixed);
      this.#mixed = mixed;
    }
    this.#mixed[this.count] = mixed;
    this.#points[this.count] = point;
    this.#starts[this.count] = start;
    this.#ends[this.count++] = end;
  }

  /** Lets the last point cover what follows it, up to `end`. */
  extend(end: number): void {
    this.#ends[this.count - 1] = end;
    this.#mixed[this.count - 1] = 1;
  }

  /** Puts the first point, which covers nothing, where the second begins. */
  placeFirst(): void {
    if (this.count < 2) return;
    this.#starts[0] = this.#starts[1]!;
    this.#ends[0] = this.#starts[1]!;
  }

  /** Adds a point that covers nothing. */
  pushEmpty(point: number, at: number): void {
    this.push(point, at, at, 1);
  }

  /** Takes the last point away; returns where it began. */
  pop(): number {
    return this.#starts[--this.count]!;
  }

  finish(base: number): AlignedText {
    const part = (array: Uint32Array) => array.subarray(0, this.count);
    return new AlignedText(
      part(this.#points),
      part(this.#starts),
      part(this.#ends),
      base,
      undefined,
      this.#mixed.subarray(0, this.count),
    );
  }
}
