import { encodeUtf8 } from '../../core/text/utf8';
import { trainBpe } from '../../tokenizers/train/bpe';
import type { Training } from '../../tokenizers/train/steps';
import { WordCounts } from '../../tokenizers/train/word-counts';

/** A word in subwords of one type at one size. */
export interface TypeSegmentation {
  /** Below 256: that byte; else 256 + the merge's rank. */
  readonly pieces: readonly number[];
  /** Bytes of each piece. */
  readonly lengths: readonly number[];
  /** -log2 of the pieces' product of probabilities among the type's terms. */
  readonly bits: number;
}

/** Symbols of a word while it is merged. */
interface Symbols {
  readonly ids: readonly number[];
  readonly lengths: readonly number[];
}

/** A byte-level BPE that was learned from one type's terms, at each of several sizes. */
export class TypeVocabulary {
  readonly #sizes: readonly number[];
  /** Rank by pair, `left * 65536 + right`. */
  readonly #ranks = new Map<number, number>();
  /** By size: -log2 of each piece's probability, and of one that no term has. */
  readonly #bits: { readonly known: ReadonlyMap<number, number>; readonly unknown: number }[] = [];

  /** @param merges in order of rank; ids, bytes first @param sizes numbers of merges, ascending */
  constructor(
    merges: readonly (readonly [left: number, right: number])[],
    terms: readonly string[],
    sizes: readonly number[],
  ) {
    this.#sizes = sizes;
    for (const [rank, [left, right]] of merges.entries()) this.#ranks.set(left * 65_536 + right, rank);
    const counts = sizes.map(() => new Map<number, number>());
    for (const term of terms) {
      for (const [size, { ids }] of this.#symbols(term).entries()) {
        for (const id of ids) counts[size]!.set(id, (counts[size]!.get(id) ?? 0) + 1);
      }
    }
    for (const [i, size] of sizes.entries()) this.#bits.push(smoothedBits(counts[i]!, 256 + size));
  }

  /** A word at every size. @param word in lower case */
  segment(word: string): readonly TypeSegmentation[] {
    return this.#symbols(word).map(({ ids, lengths }, size) => {
      const { known, unknown } = this.#bits[size]!;
      return {
        pieces: ids,
        lengths,
        bits: ids.reduce((sum, id) => sum + (known.get(id) ?? unknown), 0),
      };
    });
  }

  /**
   * All sizes in one go: merges apply in order of rank, because a merge's parts are older than itself, so a smaller size
   * is where the larger one was on its way.
   */
  #symbols(word: string): Symbols[] {
    let ids = [...encodeUtf8(word)];
    let lengths = ids.map(() => 1);
    return this.#sizes.map((size) => {
      for (;;) {
        const at = this.#lowest(ids, size);
        if (at < 0) break;
        const rank = this.#ranks.get(ids[at]! * 65_536 + ids[at + 1]!)!;
        ids = ids.toSpliced(at, 2, 256 + rank);
        lengths = lengths.toSpliced(at, 2, lengths[at]! + lengths[at + 1]!);
      }
      return { ids, lengths };
    });
  }

  /** Where the pair of the lowest rank under `size` is; the first of equal ones; -1 where there is none. */
  #lowest(ids: readonly number[], size: number): number {
    let best = size;
    let at = -1;
    for (let i = 0; i + 1 < ids.length; i++) {
      const rank = this.#ranks.get(ids[i]! * 65_536 + ids[i + 1]!);
      if (rank !== undefined && rank < best) {
        best = rank;
        at = i;
      }
    }
    return at;
  }
}

/** Learns a type's merges, each term once. Step 2 of K-Tokeniser (arXiv 2406.14312). @param sizes ascending */
export function* learnVocabulary(
  terms: readonly string[],
  sizes: readonly number[],
): Training<TypeVocabulary> {
  const counts = new WordCounts();
  for (const term of terms) {
    const bytes = encodeUtf8(term);
    counts.add(bytes, 0, bytes.length);
  }
  const settings = { vocabularySize: 256 + sizes.at(-1)!, minFrequency: 1, alphabet: 'all', special: [] } as const;
  const { names, merges } = yield* trainBpe(counts, settings);
  return new TypeVocabulary(inBytes(names, merges), terms, sizes);
}

/** The trainer's alphabet is in the order of byte letters; ours is that of bytes. */
function inBytes(names: readonly string[], merges: readonly (readonly [number, number])[]) {
  const own = (id: number) => (id < 256 ? byteOf(names[id]!) : id);
  return merges.map(([left, right]) => [own(left), own(right)] as const);
}

/** -log2 of (count + 1) / (all + size). */
export function smoothedBits(counts: ReadonlyMap<number, number>, size: number) {
  let all = 0;
  for (const count of counts.values()) all += count;
  const bits = (count: number) => Math.log2((all + size) / (count + 1));
  const known = new Map([...counts].map(([id, count]) => [id, bits(count)]));
  return { known, unknown: bits(0) };
}
