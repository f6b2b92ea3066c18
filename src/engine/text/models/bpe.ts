import type { AlignedText } from '../aligned-text';
import { powerOfTwo } from '../byte-hash';
import { MergeQueue } from './merge-queue';
import type { EmitToken, TokenModel } from './model';
import { Neighbours } from './neighbours';
import { LONGEST_CACHED, SpanCache } from './span-cache';
import { TokenTable } from './token-table';
import { byteToken } from './unigram';

/** Options of `BpeModel`. */
export interface BpeOptions {
  readonly unknown: number | undefined;
  readonly fuseUnknown: boolean;
  readonly byteFallback: boolean;
  /** A piece that is a token is taken whole, before any merge. */
  readonly ignoreMerges: boolean;
  /** Begins every character but a word's first. */
  readonly continuingPrefix: string;
  /** Ends a word's last character. */
  readonly endOfWordSuffix: string;
}

/** A merge: its halves and what they become. Its place in the list is its rank. */
export type Merge = readonly [left: number, right: number, merged: number];

/** Short pieces are scanned for the next merge; longer ones keep a queue. */
const SCAN_LIMIT = 24;

/**
 * Byte-pair encoding by ranked merges (Sennrich et al. 2016), for any vocabulary: again and again the pair with
 * the lowest rank, leftmost first, becomes one symbol.
 */
export class BpeModel extends TokenTable implements TokenModel {
  readonly #options: BpeOptions;
  /** Open addressing, four words a slot: left + 1 (0: empty), right, rank, merged. */
  readonly #table: Int32Array;
  readonly #mask: number;
  readonly #byteIds: readonly (number | undefined)[];
  readonly #queue = new MergeQueue();
  readonly #cache = new SpanCache();
  /** Undefined where pieces may not be cut any further. */
  readonly #neighbours: Neighbours | undefined;
  readonly #symbolIds = new Map<number, number>();

  constructor(ids: ReadonlyMap<string, number>, merges: readonly Merge[], options: BpeOptions) {
    super(ids);
    this.#options = options;
    const slots = powerOfTwo(merges.length * 2);
    this.#mask = slots - 1;
    this.#table = new Int32Array(slots * 4);
    merges.forEach(([left, right, merged], rank) => {
      this.#insert(left, right, rank, merged);
    });
    this.#byteIds = Array.from({ length: 256 }, (_, byte) => this.idOf(byteToken(byte)));
    for (const [token, id] of ids) {
      const point = token.codePointAt(0);
      if (point !== undefined && token.length === (point > 0xffff ? 2 : 1)) this.#symbolIds.set(point, id);
    }
    this.#neighbours = this.#mayCut(merges) ? new Neighbours(ids.keys(), ids.size) : undefined;
  }

  tokenize(piece: AlignedText, emit: EmitToken): void {
    if (this.#options.ignoreMerges) {
      const whole = this.idOf(piece.text);
      if (whole !== undefined) {
        emit(whole, 0, 4 * piece.length);
        return;
      }
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

  #spansOf(points: Uint32Array, from: number, to: number): Int32Array {
    if (to - from > LONGEST_CACHED) return this.#merge(points.subarray(from, to));
    const hash = SpanCache.hash(points, from, to);
    const slot = this.#cache.find(hash, points, from, to);
    if (slot >= 0) return this.#cache.spansOf(slot);
    const spans = this.#merge(points.subarray(from, to));
    this.#cache.add(hash, points, from, to, spans);
    return spans;
  }

  /** Rank of the merge of two tokens, and what it makes; undefined where they do not merge. */
  mergeOf(left: number, right: number): { rank: number; merged: number } | undefined {
    const slot = this.#find(left, right);
    return slot < 0 ? undefined : { rank: this.#table[slot + 2]!, merged: this.#table[slot + 3]! };
  }

  /**
   * Affixes make a character depend on its place in the word; unknown characters and bytes may take part in
   * merges that no token shows.
   */
  #mayCut(merges: readonly Merge[]): boolean {
    const { continuingPrefix, endOfWordSuffix, unknown, byteFallback } = this.#options;
    if (continuingPrefix !== '' || endOfWordSuffix !== '') return false;
    if (!byteFallback) return unknown === undefined;
    const isKnown = (id: number | undefined, byte: number) =>
      id !== undefined || (byte < 0x80 && this.#symbolIds.has(byte));
    if (unknown !== undefined && !this.#byteIds.every(isKnown)) return false;
    const bytes = new Set(this.#byteIds);
    return !merges.some(([left, right]) => bytes.has(left) || bytes.has(right));
  }

  /** Tokens of the points as id, from, to (in quarters of a point); flat. */
  #merge(points: Uint32Array): Int32Array {
    const symbols = this.#symbols(points);
    const count = symbols.ids.length;
    if (count <= SCAN_LIMIT) return this.#mergeByScan(symbols.ids, symbols.ends);
    return this.#mergeByQueue(symbols.ids, symbols.ends);
  }

  #mergeByScan(ids: number[], ends: number[]): Int32Array {
    const table = this.#table;
    for (;;) {
      let best = 0x7fffffff;
      let at = -1;
      let merged = 0;
      for (let i = 0; i + 1 < ids.length; i++) {
        const slot = this.#find(ids[i]!, ids[i + 1]!);
        if (slot < 0 || table[slot + 2]! >= best) continue;
        best = table[slot + 2]!;
        merged = table[slot + 3]!;
        at = i;
      }
      if (at < 0) break;
      ids.splice(at, 2, merged);
      ends.splice(at, 1);
    }
    return flat(ids, ends);
  }

  #mergeByQueue(ids: number[], ends: number[]): Int32Array {
    const table = this.#table;
    const queue = this.#queue;
    const next = Int32Array.from(ids, (_, i) => (i + 1 < ids.length ? i + 1 : -1));
    const previous = Int32Array.from(ids, (_, i) => i - 1);
    const offer = (left: number) => {
      const right = next[left]!;
      if (right < 0) return;
      const slot = this.#find(ids[left]!, ids[right]!);
      if (slot >= 0) queue.push(table[slot + 2]!, left);
    };
    queue.clear();
    for (let i = 0; i + 1 < ids.length; i++) offer(i);
    while (queue.size > 0) {
      const rank = queue.topRank;
      const left = queue.topPlace;
      queue.pop();
      const right = ids[left]! < 0 ? -1 : next[left]!;
      if (right < 0) continue;
      const slot = this.#find(ids[left]!, ids[right]!);
      // What stood here when the pair was queued may have merged with a neighbour meanwhile.
      if (slot < 0 || table[slot + 2] !== rank) continue;
      ids[left] = table[slot + 3]!;
      ids[right] = -1;
      ends[left] = ends[right]!;
      next[left] = next[right]!;
      if (next[left]! >= 0) previous[next[left]!] = left;
      if (previous[left]! >= 0) offer(previous[left]!);
      offer(left);
    }
    const keptIds: number[] = [];
    const keptEnds: number[] = [];
    for (let i = ids.length > 0 ? 0 : -1; i >= 0; i = next[i]!) {
      keptIds.push(ids[i]!);
      keptEnds.push(ends[i]!);
    }
    return flat(keptIds, keptEnds);
  }

  /** The symbols before any merge: characters, or bytes of unknown ones, or the unknown token. */
  #symbols(points: Uint32Array): { ids: number[]; ends: number[] } {
    const { unknown, fuseUnknown, byteFallback, continuingPrefix, endOfWordSuffix } = this.#options;
    const ids: number[] = [];
    const ends: number[] = [];
    let unknownBefore = false;
    for (let i = 0; i < points.length; i++) {
      const point = points[i]!;
      const id =
        continuingPrefix === '' && endOfWordSuffix === ''
          ? this.#symbolIds.get(point)
          : this.idOf(
              (i > 0 ? continuingPrefix : '') +
                String.fromCodePoint(point) +
                (i === points.length - 1 ? endOfWordSuffix : ''),
            );
      if (id !== undefined) {
        ids.push(id);
        ends.push(4 * (i + 1));
        unknownBefore = false;
        continue;
      }
      if (byteFallback && this.#pushBytes(point, i, ids, ends)) continue;
      if (unknown === undefined) continue;
      if (unknownBefore && fuseUnknown) ends[ends.length - 1] = 4 * (i + 1);
      else {
        ids.push(unknown);
        ends.push(4 * (i + 1));
      }
      unknownBefore = true;
    }
    return { ids, ends };
  }

  #pushBytes(point: number, at: number, ids: number[], ends: number[]): boolean {
    const bytes = new TextEncoder().encode(String.fromCodePoint(point));
    const found: number[] = [];
    for (const byte of bytes) {
      const id = this.#byteIds[byte];
      if (id === undefined) return false;
      found.push(id);
    }
    for (let k = 0; k < found.length; k++) {
      ids.push(found[k]!);
      ends.push(k === found.length - 1 ? 4 * (at + 1) : 4 * at + k + 1);
    }
    return true;
  }

  #find(left: number, right: number): number {
    const table = this.#table;
    for (let slot = pairHash(left, right) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const known = table[slot * 4]! - 1;
      if (known < 0) return -1;
      if (known === left && table[slot * 4 + 1] === right) return slot * 4;
    }
  }

  #insert(left: number, right: number, rank: number, merged: number): void {
    const table = this.#table;
    let slot = pairHash(left, right) & this.#mask;
    while (table[slot * 4] !== 0) {
      // A pair that is listed twice keeps its later rank, as in Hugging Face's map.
      if (table[slot * 4] === left + 1 && table[slot * 4 + 1] === right) break;
      slot = (slot + 1) & this.#mask;
    }
    table[slot * 4] = left + 1;
    table[slot * 4 + 1] = right;
    table[slot * 4 + 2] = rank;
    table[slot * 4 + 3] = merged;
  }
}

function flat(ids: readonly number[], ends: readonly number[]): Int32Array {
  const out = new Int32Array(ids.length * 3);
  let from = 0;
  for (let i = 0; i < ids.length; i++) {
    const to = ends[i]!;
    out[3 * i] = ids[i]!;
    out[3 * i + 1] = from;
    out[3 * i + 2] = to;
    from = to;
  }
  return out;
}

function pairHash(left: number, right: number): number {
  const hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}
