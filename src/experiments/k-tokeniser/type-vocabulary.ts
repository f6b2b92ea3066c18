import { encodeUtf8 } from '../../core/text/utf8';
import { byteOfLetter } from '../../tokenizers/byte-letters';
import { type TrainedMerges, trainBpe } from '../../tokenizers/train/bpe';
import type { Training } from '../../tokenizers/train/steps';
import { WordCounts } from '../../tokenizers/train/word-counts';

/** A word in subwords of one type at one size. */
export interface TypeSegmentation {
  /** Ids of the type's vocabulary; a byte's is the byte. */
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
  /** By pair, `left * 65536 + right`. */
  readonly #merges = new Map<number, { readonly rank: number; readonly id: number }>();
  /** By size: -log2 of each piece's probability, and of one that no term has. */
  readonly #bits: { readonly known: ReadonlyMap<number, number>; readonly unknown: number }[] = [];

  /** @param sizes numbers of merges, ascending */
  constructor({ names, merges }: TrainedMerges, terms: readonly string[], sizes: readonly number[]) {
    this.#sizes = sizes;
    const idOf = new Map(
      names.map((name, id) => [name, id < 256 ? byteOfLetter.get(name.charCodeAt(0))! : id]),
    );
    const own = (id: number) => idOf.get(names[id]!)!;
    for (const [rank, [left, right]] of merges.entries()) {
      const id = idOf.get(names[left]! + names[right]!)!;
      this.#merges.set(own(left) * 65_536 + own(right), { rank, id });
    }
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

  /** All sizes in one go: the merge of the lowest rank comes first, so a smaller size is where a larger one passes. */
  #symbols(word: string): Symbols[] {
    let ids = [...encodeUtf8(word)];
    let lengths = ids.map(() => 1);
    return this.#sizes.map((size) => {
      for (;;) {
        const at = this.#lowest(ids, size);
        if (at < 0) break;
        ids = ids.toSpliced(at, 2, this.#merge(ids, at)!.id);
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
      const rank = this.#merge(ids, i)?.rank;
      if (rank !== undefined && rank < best) {
        best = rank;
        at = i;
      }
    }
    return at;
  }

  #merge(ids: readonly number[], at: number) {
    return this.#merges.get(ids[at]! * 65_536 + ids[at + 1]!);
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
  const settings = {
    vocabularySize: 256 + sizes.at(-1)!,
    minFrequency: 1,
    alphabet: 'all',
    special: [],
  } as const;
  return new TypeVocabulary(yield* trainBpe(counts, settings), terms, sizes);
}

/** -log2 of (count + 1) / (all + size). */
export function smoothedBits(counts: ReadonlyMap<number, number>, size: number) {
  let all = 0;
  for (const count of counts.values()) all += count;
  const bits = (count: number) => Math.log2((all + size) / (count + 1));
  const known = new Map([...counts].map(([id, count]) => [id, bits(count)]));
  return { known, unknown: bits(0) };
}
