import { enlarged } from '../../core/enlarged';
import { finishHash, pairHash, powerOfTwo } from '../byte-hash';

/** Points of a piece at most, as in SentencePiece. */
const MAX_POINTS = 16;

/** Words as code points, one behind the other. */
export interface PointWords {
  readonly points: Uint32Array;
  /** Where each word begins, and the end of the last one. */
  readonly starts: Uint32Array;
  readonly counts: Float64Array;
}

/** Pieces to begin with, and where each stands in the words. */
export interface SeedPieces {
  /** Every character of the words first, then the others. */
  readonly pieces: string[];
  readonly characters: number;
  /** How often each occurs. */
  readonly frequencies: Float64Array;
}

/**
 * The substrings that a Unigram vocabulary is pruned from: every character, and the `size` substrings that occur at
 * least twice whose frequency times length is highest (Kudo 2018, section 3.2; SentencePiece finds them by a suffix
 * array, here by lengths: a substring occurs twice only if the one that is a character shorter does).
 */
export function* seedPieces(words: PointWords, size: number): Generator<number, SeedPieces> {
  const { points, starts, counts } = words;
  const trie = new CountingTrie();
  // Node of the substring that begins at each point, as long as the round; -1 where it is too rare or at an end.
  const nodes = new Int32Array(points.length);
  const rounds: number[] = [];
  for (let length = 1; length <= MAX_POINTS; length++) {
    rounds.push(trie.size);
    for (let word = 0; word < counts.length; word++) {
      const end = starts[word + 1]!;
      const count = counts[word]!;
      for (let at = starts[word]!; at < end; at++) {
        const node = nodes[at]!;
        if (node < 0) continue;
        const ok = at + length <= end && (length === 1 || trie.counts[node]! >= 2);
        nodes[at] = ok ? trie.count(node, points[at + length - 1]!, count) : -1;
      }
    }
    yield length / MAX_POINTS;
    if (trie.size === rounds.at(-1)) break;
  }
  // Each round's nodes follow those of the round before.
  const weightOf = new Float64Array(trie.size);
  const characters: number[] = [];
  const longer: number[] = [];
  for (const [round, first] of rounds.entries()) {
    for (let node = first; node < (rounds[round + 1] ?? trie.size); node++) {
      weightOf[node] = trie.counts[node]! * (round + 1);
      if (round === 0) characters.push(node);
      else if (trie.counts[node]! >= 2) longer.push(node);
    }
  }
  const byWeight = (a: number, b: number) => weightOf[b]! - weightOf[a]! || a - b;
  const all = [...characters.sort(byWeight), ...longer.sort(byWeight).slice(0, size)];
  return {
    pieces: all.map((node) => trie.text(node)),
    characters: characters.length,
    frequencies: Float64Array.from(all, (node) => trie.counts[node]!),
  };
}

/** Substrings and how often each occurs. */
class CountingTrie {
  counts = new Float64Array(1 << 14);
  #parents = new Int32Array(1 << 14);
  #points = new Uint32Array(1 << 14);
  #table = new Int32Array(1 << 15);
  /** Nodes; 0 is the root. */
  size = 1;

  count(parent: number, point: number, times: number): number {
    const mask = this.#table.length - 1;
    let slot = finishHash(pairHash(parent, point)) & mask;
    for (; this.#table[slot] !== 0; slot = (slot + 1) & mask) {
      const node = this.#table[slot]!;
      if (this.#parents[node] === parent && this.#points[node] === point) {
        this.counts[node]! += times;
        return node;
      }
    }
    const node = this.size++;
    if (node === this.counts.length) this.#grow();
    this.#table[slot] = node;
    this.#parents[node] = parent;
    this.#points[node] = point;
    this.counts[node] = times;
    if (this.size * 2 > this.#table.length) this.#rehash();
    return node;
  }

  text(node: number): string {
    const points: number[] = [];
    for (let at = node; at > 0; at = this.#parents[at]!) points.push(this.#points[at]!);
    return String.fromCodePoint(...points.reverse());
  }

  #grow(): void {
    this.counts = enlarged(this.counts);
    this.#parents = enlarged(this.#parents);
    this.#points = enlarged(this.#points);
  }

  #rehash(): void {
    const table = new Int32Array(powerOfTwo(this.size * 4));
    const mask = table.length - 1;
    for (let node = 1; node < this.size; node++) {
      let slot = finishHash(pairHash(this.#parents[node]!, this.#points[node]!)) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = node;
    }
    this.#table = table;
  }
}
