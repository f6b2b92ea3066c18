import type { AlignedText } from '../aligned-text';
import { drain, type Steps, within } from '../files/steps';
import type { OnMerge } from '../traces-merges';
import { Vocabulary } from '../vocabulary';
import type { EmitToken, MergingModel } from './model';
import { Neighbours } from './neighbours';
import { flatSymbols, queuedMerges, type SymbolList } from './queued-merges';
import { encodePoints, type Pieces, type PieceWriter } from './sentencepiece-pieces';
import { mergeWithUnused } from './sentencepiece-unused';
import { LONGEST_CACHED, SpanCache } from './span-cache';
import { TokenTable } from './token-table';
import { byteToken } from './unigram';
import { pointAt, utf8LengthOfLead } from './utf8-points';

/** Words up to this length are scanned for the next merge; longer ones use a queue. */
const SCAN_LIMIT = 24;
/** Points between two steps; longer words are merged in steps of their own. */
const LONG = 2048;

/**
 * SentencePiece's byte-pair encoding (bpe_model.cc, version 0.2.3). There is no list of merges: any two neighbours
 * may merge whose characters together are a piece; the piece with the best score comes first, leftmost of those.
 *
 * Symbols are numbers: pieces by their ids, then *ghosts*, which are characters that are within pieces but are not
 * pieces themselves, then all other characters as one number, then user-defined symbols, which never merge.
 */
export class SentencePieceBpe extends TokenTable implements MergingModel {
  readonly #pieces: Pieces;
  /** Pieces and ghosts. */
  readonly #table: Vocabulary;
  /** By piece; equal scores have equal ranks. */
  readonly #ranks: Int32Array;
  readonly #symbolIds = new Map<number, number>();
  readonly #neighbours: Neighbours;
  readonly #cache = new SpanCache();

  constructor(pieces: Pieces, scores: Float64Array) {
    super(pieces.vocabulary);
    this.#pieces = pieces;
    this.#ranks = ranksOf(scores);
    const { vocabulary } = pieces;
    this.#neighbours = new Neighbours(vocabulary);
    const ghosts = this.#addCharacters(vocabulary);
    this.#table = ghosts.length > 0 ? extended(vocabulary, ghosts) : vocabulary;
  }

  get unknownId(): number | undefined {
    return this.#pieces.unknown;
  }

  get pieces(): Pieces {
    return this.#pieces;
  }

  /** The symbols of a piece before any merge, as numbers of this model. */
  symbolsOf({ points, length }: AlignedText): SymbolList {
    return this.#symbols(points, 0, length);
  }

  /** The bytes of a symbol; none of a character that is in no piece. */
  symbolBytes(symbol: number): Uint8Array {
    const { size } = this.#table;
    return symbol > size ? this.vocabulary.bytesOf(symbol - size - 1) : this.#table.bytesOf(symbol);
  }

  /** Passes on what is left of a piece's symbols: id, from, to, flat. */
  emitSymbols(spans: Int32Array, piece: AlignedText, emit: EmitToken): void {
    const writer = this.#pieces.writer(piece, emit);
    this.#write(spans, 0, writer);
    writer.flush();
  }

  tokenize(piece: AlignedText, emit: EmitToken): void {
    drain(this.tokenizeInSteps(piece, emit));
  }

  *tokenizeInSteps(piece: AlignedText, emit: EmitToken): Steps<void> {
    const { points, length } = piece;
    const writer = this.#pieces.writer(piece, emit);
    if (this.#pieces.hasUnused) {
      const { ids, ends } = this.#symbols(points, 0, length);
      this.#write(mergeWithUnused(this, this.#pieces, ids, ends), 0, writer);
      writer.flush();
      return;
    }
    const { symbols } = this.#pieces;
    for (let from = 0, done = 0; from < length; ) {
      const symbol = symbols?.lengthAt(points, from) ?? 0;
      if (symbol > 0) {
        writer.push(this.#pieces.find(points, from, from + symbol), from, from + symbol);
        from += symbol;
        continue;
      }
      const to = this.#wordEnd(points, from);
      if (to - from > LONG) {
        const steps = queuedMerges(this, this.#symbols(points, from, to));
        const merged = yield* within(from / length, to / length, steps);
        this.#write(merged, from, writer);
      } else this.#write(this.#spansOf(points, from, to), from, writer);
      from = to;
      if (from - done < LONG) continue;
      done = from;
      yield from / length;
    }
    writer.flush();
  }

  /** What two neighbouring symbols merge to; -1 where they do not. */
  find(left: number, right: number): number {
    const known = this.#table.size;
    if (left >= known || right >= known) return -1;
    const joined = this.#table.findJoined(left, right);
    return this.#pieces.isTextual(joined) ? joined : -1;
  }

  rankAt(piece: number): number {
    return this.#ranks[piece]!;
  }

  mergedAt(piece: number): number {
    return piece;
  }

  wholeId(): undefined {
    return undefined;
  }

  /** All in one, because unknown characters join across what merges do not cross. */
  words(piece: AlignedText): AlignedText[] {
    return [piece];
  }

  trace(piece: AlignedText, onMerge: OnMerge): Int32Array {
    const symbols: number[] = [];
    if (this.#pieces.hasUnused) {
      // Merges that are undone again would not lead to the tokens.
      this.tokenize(piece, (id, from, to) => symbols.push(id, from, to));
      return Int32Array.from(symbols);
    }
    const list = this.#symbols(piece.points, 0, piece.length);
    const before = flatSymbols(list);
    const merges: Parameters<OnMerge>[] = [];
    const merged = new Set<number>();
    drain(
      queuedMerges(this, list, (rank, id, left, right) => {
        merges.push([rank, id, left, right]);
        merged.add(left).add(right);
      }),
    );
    const indices: number[] = [];
    const writer = this.#pieces.writer(piece, (id, from, to) => symbols.push(id, from, to));
    for (let i = 0; 3 * i < before.length; i++) {
      const [from, to] = [before[3 * i + 1]! / 4, before[3 * i + 2]! / 4];
      if (merged.has(i)) writer.flush();
      indices.push(symbols.length / 3);
      const id = this.#idOf(before[3 * i]!);
      if (id < 0 && merged.has(i)) symbols.push(this.#unknownSymbol(), 4 * from, 4 * to);
      else writer.push(id, from, to);
    }
    writer.flush();
    for (const [rank, id, left, right] of merges) onMerge(rank, id, indices[left]!, indices[right]!);
    return Int32Array.from(symbols);
  }

  /** The name of a character that has none of its own. */
  #unknownSymbol(): number {
    return this.#pieces.unknown ?? this.idOf(byteToken(0))!;
  }

  #write(spans: Int32Array, offset: number, writer: PieceWriter): void {
    for (let i = 0; i < spans.length; i += 3) {
      writer.push(this.#idOf(spans[i]!), offset + spans[i + 1]! / 4, offset + spans[i + 2]! / 4);
    }
  }

  /** The piece that a symbol is in the end; -1 for an unknown one. */
  #idOf(symbol: number): number {
    const { size } = this.vocabulary;
    if (symbol > this.#table.size) return symbol - this.#table.size - 1;
    return symbol < size && !this.#pieces.isUnused(symbol) ? symbol : -1;
  }

  /** The end of the word that begins at `from`, which no merge crosses and in which no user-defined symbol begins. */
  #wordEnd(points: Uint32Array, from: number): number {
    const { symbols } = this.#pieces;
    const neighbours = this.#neighbours;
    let at = from + 1;
    while (at < points.length && neighbours.has(points[at - 1]!, points[at]!)) {
      if (symbols && symbols.lengthAt(points, at) > 0) break;
      at++;
    }
    return at;
  }

  #spansOf(points: Uint32Array, from: number, to: number): Int32Array {
    if (to - from > LONGEST_CACHED) return this.#merge(points, from, to);
    const hash = SpanCache.hash(points, from, to);
    const slot = this.#cache.find(hash, points, from, to);
    if (slot >= 0) return this.#cache.spansOf(slot);
    const spans = this.#merge(points, from, to);
    this.#cache.add(hash, points, from, to, spans);
    return spans;
  }

  #merge(points: Uint32Array, from: number, to: number): Int32Array {
    const symbols = this.#symbols(points, from, to);
    const { ids, starts, ends } = symbols;
    if (ids.length > SCAN_LIMIT) return drain(queuedMerges(this, symbols));
    const merged = ids.map((id, i) => (i + 1 < ids.length ? this.find(id, ids[i + 1]!) : -1));
    for (;;) {
      let at = -1;
      for (let i = 0; i + 1 < ids.length; i++) {
        if (merged[i]! >= 0 && (at < 0 || this.#ranks[merged[i]!]! < this.#ranks[merged[at]!]!)) at = i;
      }
      if (at < 0) return flatSymbols(symbols);
      ids.splice(at, 2, merged[at]!);
      starts.splice(at + 1, 1);
      ends.splice(at, 1);
      merged.splice(at, 1);
      merged[at] = at + 1 < ids.length ? this.find(ids[at]!, ids[at + 1]!) : -1;
      if (at > 0) merged[at - 1] = this.find(ids[at - 1]!, ids[at]!);
    }
  }

  /** The symbols of the points `[from, to)` before any merge; they are placed from `from`. */
  #symbols(points: Uint32Array, from: number, to: number): SymbolList {
    const { symbols } = this.#pieces;
    const ids: number[] = [];
    const starts: number[] = [];
    const ends: number[] = [];
    for (let at = from; at < to; ) {
      const length = symbols?.lengthAt(points, at) ?? 0;
      if (length > 0) ids.push(this.#table.size + 1 + this.#pieces.find(points, at, at + length));
      else ids.push(this.#symbolIds.get(points[at]!) ?? this.#table.size);
      starts.push(4 * (at - from));
      at += length || 1;
      ends.push(4 * (at - from));
    }
    return { ids, starts, ends };
  }

  /** Fills `#symbolIds`; returns the ghosts. */
  #addCharacters({ pool, offsets, size }: Vocabulary): number[] {
    const within = new Set<number>();
    for (let id = 0; id < size; id++) {
      if (!this.#pieces.isTextual(id)) continue;
      const start = offsets[id]!;
      const end = offsets[id + 1]!;
      if (start === end) continue;
      const isSingle = utf8LengthOfLead(pool[start]!) === end - start;
      if (isSingle) this.#symbolIds.set(pointAt(pool, start), id);
      for (let at = start; !isSingle && at < end; at += utf8LengthOfLead(pool[at]!))
        within.add(pointAt(pool, at));
    }
    const ghosts = [...within].filter((point) => !this.#symbolIds.has(point));
    for (const [i, point] of ghosts.entries()) this.#symbolIds.set(point, size + i);
    return ghosts;
  }
}

/** Ranks by descending score; equal scores have equal ranks. */
function ranksOf(scores: Float64Array): Int32Array {
  const order = Uint32Array.from(scores, (_, id) => id);
  // The library compares single-precision numbers by their bits, so that 0 is above -0.
  const below = (a: number, b: number) => a < b || (a === b && Object.is(a, -0) && !Object.is(b, -0));
  order.sort((a, b) => (below(scores[a]!, scores[b]!) ? 1 : below(scores[b]!, scores[a]!) ? -1 : a - b));
  const ranks = new Int32Array(scores.length);
  let rank = 0;
  for (let i = 1; i < order.length; i++) {
    if (below(scores[order[i]!]!, scores[order[i - 1]!]!)) rank++;
    ranks[order[i]!] = rank;
  }
  return ranks;
}

function extended({ pool, offsets, size }: Vocabulary, ghosts: readonly number[]): Vocabulary {
  const added = encodePoints(Uint32Array.from(ghosts), 0, ghosts.length);
  const used = offsets[size]!;
  const longer = new Uint8Array(used + added.length);
  longer.set(pool.subarray(0, used));
  longer.set(added, used);
  const all = new Uint32Array(size + ghosts.length + 1);
  all.set(offsets.subarray(0, size + 1));
  for (let i = 0; i < ghosts.length; i++) {
    all[size + i + 1] = all[size + i]! + utf8LengthOfLead(longer[all[size + i]!]!);
  }
  return new Vocabulary(longer, all);
}
