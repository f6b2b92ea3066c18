import type { AlignedText } from '../aligned-text';
import { drain, type Steps, within } from '../files/steps';
import type { OnMerge } from '../traces-merges';
import type { Vocabulary } from '../vocabulary';
import { type BpeOptions, BpeSymbols } from './bpe-symbols';
import type { MergeTable } from './merge-table';
import type { EmitToken, MergingModel } from './model';
import { Neighbours } from './neighbours';
import { flatSymbols, queuedMerges, type SymbolList } from './queued-merges';
import { LONGEST_CACHED, SpanCache } from './span-cache';
import { TokenTable } from './token-table';

/** Pieces up to this length are scanned for the next merge; longer ones use a queue. */
const SCAN_LIMIT = 24;
/** Points between two steps; longer words are merged in steps of their own. */
const LONG = 2048;

/**
 * Byte-pair encoding by ranked merges (Sennrich et al. 2016), for any vocabulary: repeatedly, the pair with
 * the lowest rank, leftmost first, becomes one symbol.
 */
export class BpeModel extends TokenTable implements MergingModel {
  readonly #options: BpeOptions;
  readonly #merges: MergeTable;
  readonly #symbols: BpeSymbols;
  readonly #cache = new SpanCache();
  /** Undefined where pieces must not be split further. */
  readonly #neighbours: Neighbours | undefined;

  constructor(vocabulary: Vocabulary, merges: MergeTable, options: BpeOptions) {
    super(vocabulary);
    this.#options = options;
    this.#merges = merges;
    this.#symbols = new BpeSymbols(this, options);
    this.#neighbours = this.#mayCut() ? new Neighbours(vocabulary) : undefined;
  }

  get unknownId(): number | undefined {
    return this.#symbols.unknownId;
  }

  get merges(): MergeTable {
    return this.#merges;
  }

  /** Where the word of a piece that begins at `from` ends: no merge crosses that place. */
  wordEnd(points: Uint32Array, from: number): number {
    if (this.#options.ignoreMerges) return points.length;
    return this.#neighbours?.wordEnd(points, from) ?? points.length;
  }

  get hasAffixes(): boolean {
    return this.#options.continuingPrefix !== '' || this.#options.endOfWordSuffix !== '';
  }

  /** Whether pieces may be split between any two characters that are adjacent in no token. */
  get cuts(): boolean {
    return this.#neighbours !== undefined;
  }

  tokenize(piece: AlignedText, emit: EmitToken): void {
    const whole = this.wholeId(piece);
    if (whole !== undefined) {
      emit(whole, 0, 4 * piece.length);
      return;
    }
    const { points, length } = piece;
    for (let from = 0; from < length; ) {
      const to = this.#neighbours?.wordEnd(points, from) ?? length;
      const spans = this.#spansOf(points, from, to);
      for (let i = 0; i < spans.length; i += 3) {
        emit(spans[i]!, 4 * from + spans[i + 1]!, 4 * from + spans[i + 2]!);
      }
      from = to;
    }
  }

  *tokenizeInSteps(piece: AlignedText, emit: EmitToken): Steps<void> {
    const whole = this.wholeId(piece);
    if (whole !== undefined) {
      emit(whole, 0, 4 * piece.length);
      return;
    }
    const { points, length } = piece;
    for (let from = 0, done = 0; from < length; ) {
      const to = this.#neighbours?.wordEnd(points, from) ?? length;
      let spans: Int32Array;
      if (to - from > LONG) {
        const symbols = this.#symbols.of(points.subarray(from, to));
        yield from / length;
        const steps = queuedMerges(this.#merges, symbols);
        spans = yield* within(from / length, to / length, steps);
      } else spans = this.#spansOf(points, from, to);
      for (let i = 0; i < spans.length; i += 3) {
        emit(spans[i]!, 4 * from + spans[i + 1]!, 4 * from + spans[i + 2]!);
      }
      from = to;
      if (from - done < LONG) continue;
      done = from;
      yield from / length;
    }
  }

  /**
   * How a piece's symbols became its tokens.
   * @param onMerge receives the merges in the order in which they happen
   * @returns the symbols, flat: id, from, to (in quarters of a point)
   */
  trace(piece: AlignedText, onMerge: OnMerge): Int32Array {
    return drain(this.traceSteps(piece, onMerge));
  }

  /** The same in small steps. */
  *traceSteps(piece: AlignedText, onMerge: OnMerge): Steps<Int32Array> {
    const symbols = this.#symbols.of(piece.points);
    const before = flatSymbols(symbols);
    yield* queuedMerges(this.#merges, symbols, onMerge);
    return before;
  }

  /** The id of a piece that is taken whole, before any merge. */
  wholeId(piece: AlignedText): number | undefined {
    return this.#options.ignoreMerges ? this.idOf(piece.text) : undefined;
  }

  /** The words of a piece that no merge crosses. */
  words(piece: AlignedText): AlignedText[] {
    const words: AlignedText[] = [];
    for (let from = 0; from < piece.length; ) {
      const to = this.#neighbours?.wordEnd(piece.points, from) ?? piece.length;
      words.push(piece.slice(from, to));
      from = to;
    }
    return words;
  }

  #spansOf(points: Uint32Array, from: number, to: number): Int32Array {
    if (to - from > LONGEST_CACHED) return this.#merge(points.subarray(from, to));
    const hash = SpanCache.hash(points, from, to);
    const slot = this.#cache.find(hash, points, from, to);
    if (slot >= 0) return this.#cache.spansOf(slot);
    const spans = this.#merge(points.subarray(from, to));
    this.#cache.add(hash, points, from, to, spans);
    return spans;
  }

  /**
   * Affixes make a character depend on its place in the word; unknown characters (which may become the
   * unknown token, or be dropped) and bytes may cause merges that no token shows.
   */
  #mayCut(): boolean {
    const { continuingPrefix, endOfWordSuffix, byteFallback } = this.#options;
    if (continuingPrefix !== '' || endOfWordSuffix !== '' || !byteFallback) return false;
    return this.#symbols.areComplete && !this.#merges.involves(new Set(this.#symbols.byteIds));
  }

  /** Tokens of the points as id, from, to (in quarters of a point); flat. */
  #merge(points: Uint32Array): Int32Array {
    const symbols = this.#symbols.of(points);
    return symbols.ids.length <= SCAN_LIMIT
      ? this.#mergeByScan(symbols)
      : drain(queuedMerges(this.#merges, symbols));
  }

  #mergeByScan(symbols: SymbolList): Int32Array {
    const { ids, starts, ends } = symbols;
    for (let next = this.#nextMerge(ids); next; next = this.#nextMerge(ids)) {
      ids.splice(next.at, 2, next.merged);
      starts.splice(next.at + 1, 1);
      ends.splice(next.at, 1);
    }
    return flatSymbols(symbols);
  }

  /** The merge with the lowest rank, the leftmost of those. */
  #nextMerge(ids: readonly number[]): { at: number; rank: number; merged: number } | undefined {
    const merges = this.#merges;
    let rank = 0x7fffffff;
    let at = -1;
    let merged = 0;
    for (let i = 0; i + 1 < ids.length; i++) {
      const slot = merges.find(ids[i]!, ids[i + 1]!);
      if (slot < 0 || merges.rankAt(slot) >= rank) continue;
      rank = merges.rankAt(slot);
      merged = merges.mergedAt(slot);
      at = i;
    }
    return at < 0 ? undefined : { at, rank, merged };
  }
}
