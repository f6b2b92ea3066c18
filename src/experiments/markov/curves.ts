import { MergeLearner } from '../../tokenizers/train/merge-learner';
import { GAP, type Symbols } from './source';

/** What a unigram model pays with a dictionary of some size. */
export interface CurvePoint {
  /** Tokens in the dictionary, single characters among them. */
  readonly size: number;
  /** Bits per character, on symbols that nothing was learned from. */
  readonly loss: number;
  /** Tokens of what it was measured on. */
  readonly tokens: number;
  /** Characters of the first tokens of it, to be shown. */
  readonly opening: readonly number[];
}

/** Characters of what is measured that are shown as tokens. */
export const OPENING = 120;

/**
 * Added to the count of every token, so that one that was never seen has a probability (Krichevsky and Trofimov, 1981).
 */
const UNSEEN = 0.5;

/** Merges between two looks at the clock. */
const MERGES = 8;

/** Dictionary sizes at which curves have a point: all small ones, then eight to an octave. @param alphabet its size */
export function curveSizes(alphabet: number, most: number): readonly number[] {
  const sizes = new Set<number>();
  for (let size = alphabet; size <= Math.min(most, alphabet + 30); size++) sizes.add(size);
  for (let step = 8; ; step++) {
    const size = Math.round(2 ** (step / 8));
    if (size > most) break;
    if (size > alphabet) sizes.add(size);
  }
  return [...sizes].sort((a, b) => a - b);
}

/**
 * Byte pair encoding over the characters of the source, with no pre-tokenizer: the most frequent pair of neighbours
 * becomes a token. What is measured is encoded by the same merges in the same order.
 * Yields a point at each of `sizes`, nothing in between; ends early where no pair is left that occurs twice.
 */
export function* bpeCurve(symbols: Symbols, sizes: readonly number[]): Generator<CurvePoint | undefined> {
  const names = [...symbols.alphabet];
  const { learn, learnStarts: starts } = symbols;
  const words = { ids: learn.slice(), starts, counts: new Float64Array(starts.length - 1).fill(1) };
  const learner = MergeLearner.of(words, { names, minFrequency: 2 });
  const counts = countsOf(learn, symbols.alphabet.length);
  const measured = symbols.measure.slice();
  let end = measured.length;
  const lengths = names.map(() => 1);
  const wanted = new Set(sizes);
  const point = () => pointOf(symbols, counts, names.length, measured.subarray(0, end), lengths);
  yield point();
  for (let turn = 1; names.length < sizes.at(-1)!; turn++) {
    const size = names.length;
    const before = learner.symbols;
    const merge = learner.next();
    if (!merge) break;
    const { left, right, merged } = merge;
    const made = before - learner.symbols;
    counts[merged] = (counts[merged] ?? 0) + made;
    counts[left]! -= made;
    counts[right]! -= made;
    lengths[merged] = lengths[left]! + lengths[right]!;
    end = mergeAll(measured, end, left, right, merged);
    // A merge that spells a known token makes the dictionary no larger.
    if (names.length > size && wanted.has(names.length)) yield point();
    else if (turn % MERGES === 0) yield undefined;
  }
}

/**
 * Lempel, Ziv and Welch: the dictionary is what their compressor has entered after reading from the start until it is
 * full; the text is then divided by the longest token that fits, again and again. Yields a point at each of `sizes` that
 * the text is long enough for.
 */
export function* lzwCurve(symbols: Symbols, sizes: readonly number[]): Generator<CurvePoint> {
  const { alphabet, learn, learnStarts, measure } = symbols;
  const trie = new Trie(alphabet.length, sizes.at(-1)!);
  trie.learn(learn, learnStarts);
  const tokens = new Int32Array(learn.length);
  const measured = new Int32Array(measure.length);
  for (const size of sizes) {
    if (size > trie.size) break;
    let end = 0;
    for (let stretch = 0; stretch + 1 < learnStarts.length; stretch++)
      end = trie.encode(learn, learnStarts[stretch]!, learnStarts[stretch + 1]!, size, tokens, end);
    let out = 0;
    for (let from = 0; from < measure.length; ) {
      const gap = measure.indexOf(GAP, from);
      const to = gap < 0 ? measure.length : gap;
      out = trie.encode(measure, from, to, size, measured, out);
      from = to + 1;
    }
    const counts = countsOf(tokens.subarray(0, end), size);
    yield pointOf(symbols, counts, size, measured.subarray(0, out), trie.lengths);
  }
}

/** Tokens that are each a known token and one character more. */
class Trie {
  /** The longer token by token * alphabet + character; 0, which is no longer token, for none. */
  readonly #children: Uint16Array;
  readonly #alphabet: number;
  readonly #most: number;
  /** Characters of each token. */
  readonly lengths: number[];

  /** @param most tokens, under 65 536 */
  constructor(alphabet: number, most: number) {
    this.#children = new Uint16Array(alphabet * most);
    this.#alphabet = alphabet;
    this.#most = most;
    this.lengths = new Array<number>(alphabet).fill(1);
  }

  get size(): number {
    return this.lengths.length;
  }

  /** Enters tokens from the stretches until it is full. */
  learn(symbols: Int32Array, starts: Uint32Array): void {
    for (let stretch = 0; stretch + 1 < starts.length; stretch++) {
      const end = starts[stretch + 1]!;
      for (let at = starts[stretch]!; at < end; ) {
        let token = symbols[at++]!;
        for (; at < end; at++) {
          const key = token * this.#alphabet + symbols[at]!;
          const longer = this.#children[key]!;
          if (longer === 0) {
            if (this.size >= this.#most) return;
            this.#children[key] = this.lengths.push(this.lengths[token]! + 1) - 1;
            break;
          }
          token = longer;
        }
      }
    }
  }

  /** Divides a stretch with the first `size` tokens. @returns where the tokens end in `into` */
  encode(symbols: Int32Array, from: number, to: number, size: number, into: Int32Array, end: number): number {
    const children = this.#children;
    const alphabet = this.#alphabet;
    let out = end;
    for (let at = from; at < to; ) {
      let token = symbols[at++]!;
      for (; at < to; at++) {
        const longer = children[token * alphabet + symbols[at]!]!;
        if (longer === 0 || longer >= size) break;
        token = longer;
      }
      into[out++] = token;
    }
    return out;
  }
}

/** Carries out a merge in the first `end` of `ids`. @returns the new end */
function mergeAll(ids: Int32Array, end: number, left: number, right: number, merged: number): number {
  let to = 0;
  for (let at = 0; at < end; to++) {
    if (ids[at] === left && at + 1 < end && ids[at + 1] === right) {
      ids[to] = merged;
      at += 2;
    } else ids[to] = ids[at++]!;
  }
  return to;
}

function countsOf(ids: Int32Array, size: number): number[] {
  const counts = new Array<number>(size).fill(0);
  for (const id of ids) if (id !== GAP) counts[id] = (counts[id] ?? 0) + 1;
  return counts;
}

/**
 * L = −(1/m) Σ log₂ Q(t) over the tokens t of the m characters that are measured, where Q is how often each token
 * occurred in what was learned from.
 * @param counts of tokens there
 */
function pointOf(
  { measured }: Symbols,
  counts: readonly number[],
  size: number,
  ids: Int32Array,
  lengths: readonly number[],
): CurvePoint {
  let total = UNSEEN * size;
  for (const count of counts) total += count;
  let bits = 0;
  let tokens = 0;
  countsOf(ids, size).forEach((times, token) => {
    if (times === 0) return;
    tokens += times;
    bits -= times * Math.log2((counts[token]! + UNSEEN) / total);
  });
  return { size, loss: bits / measured, tokens, opening: openingOf(ids, lengths) };
}

function openingOf(ids: Int32Array, lengths: readonly number[]): number[] {
  const opening: number[] = [];
  for (let at = 0, shown = 0; at < ids.length && shown < OPENING && ids[at] !== GAP; at++) {
    const length = Math.min(lengths[ids[at]!]!, OPENING - shown);
    opening.push(length);
    shown += length;
  }
  return opening;
}
