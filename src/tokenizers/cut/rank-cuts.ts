import { encodeUtf8 } from '../../core/text/utf8';
import type { VocabularyExtent } from '../../core/text/vocabulary-cut';
import { ByteMerging, characterAt } from '../bpe/byte-merging';
import type { RankParts } from '../bpe/rank-tokenizer';
import type { Steps } from '../files/steps';
import { noUnknownToken } from '../models/no-unknown-token';
import type { SpecialTokens } from '../special-tokens';
import type { Vocabulary } from '../vocabulary';
import type { CutText, VocabularyCuts } from './cut-text';
import { countBelow, Growth } from './growth';
import { MergeHistories } from './merge-histories';
import { Numbers } from './numbers';
import { WordText } from './word-text';

/** Pieces between two steps. */
const STEP = 1024;

/**
 * Cuts of a byte-level vocabulary whose ids are ranks: the first m merges make the m tokens of lowest rank, apart from
 * single bytes. Pieces that are a token are taken whole, as tiktoken does it.
 */
export class RankCuts implements VocabularyCuts {
  readonly #parts: RankParts;
  readonly #growth: Growth;
  /** Ids of the tokens that merges make, ascending. */
  readonly #made: readonly number[];

  constructor(parts: RankParts) {
    this.#parts = parts;
    const { vocabulary, special } = parts;
    const { offsets, size } = vocabulary;
    const made: number[] = [];
    let entries = specialsBeside(vocabulary, special);
    for (let id = 0; id < size; id++) {
      const length = offsets[id + 1]! - offsets[id]!;
      if (length > 0 || vocabulary.empty.has(id)) entries++;
      if (length > 1) made.push(id);
    }
    this.#made = made;
    this.#growth = new Growth('merges', entries, made);
  }

  get extent(): VocabularyExtent {
    const { by, smallest, largest } = this.#growth;
    return { by, smallest, largest };
  }

  sizeAt(size: number): number {
    return this.#growth.sizeAt(this.#growth.limitAt(size));
  }

  mergesAt(size: number): number {
    return this.sizeAt(size) - this.#growth.smallest;
  }

  *prepare(input: string): Steps<CutText> {
    const text = input.toWellFormed();
    const { vocabulary, scanner: makeScanner } = this.#parts;
    const bytes = encodeUtf8(text);
    const scanner = makeScanner();
    scanner.begin(text, 0, text.length, bytes, 0, bytes.length);
    const merging = new ByteMerging(vocabulary);
    const histories = new MergeHistories();
    const known = new Map<string, number>();
    const sequence = new Numbers();
    for (let at = 0, pieces = 1; at < bytes.length; pieces++) {
      const end = scanner.next();
      const key = keyOf(bytes, at, end);
      let word = known.get(key);
      if (word === undefined) {
        word = known.size;
        known.set(key, word);
        yield* record(histories, merging, bytes, at, end);
      }
      sequence.push(word, at);
      at = end;
      if (pieces % STEP === 0) yield at / bytes.length;
    }
    return new WordText({
      growth: this.#growth,
      words: histories,
      histories,
      count: known.size,
      occurrences: { sequence, added: new Numbers(), startOf: (at) => at, endOf: (at) => at },
      naming: {
        bytesOf: (id) => vocabulary.bytesOf(id),
        numberOf: (rank) => countBelow(this.#made, rank + 1),
      },
    });
  }
}

/** Records how one piece merges: every byte is a symbol, and spans are bytes of the piece. */
function* record(
  histories: MergeHistories,
  merging: ByteMerging,
  bytes: Uint8Array,
  start: number,
  end: number,
): Steps<void> {
  const { vocabulary } = merging;
  for (let at = start; at < end; at++) {
    const id = vocabulary.find(bytes, at, at + 1);
    // A small vocabulary would have to spell it by its bytes.
    if (id < 0) throw noUnknownToken(characterAt(bytes, at));
    histories.symbol(id, at - start, at - start + 1);
  }
  yield* merging.history(bytes, start, end, (rank, left, right) => histories.merge(rank, rank, left, right));
  const whole = end - start > 1 ? vocabulary.find(bytes, start, end) : -1;
  histories.end(end - start, whole, whole);
}

/** A piece as a key: its bytes as characters. */
function keyOf(bytes: Uint8Array, start: number, end: number): string {
  let key = '';
  for (let at = start; at < end; at++) key += String.fromCharCode(bytes[at]!);
  return key;
}

/** How many special tokens are not among the vocabulary's own. */
function specialsBeside(vocabulary: Vocabulary, special: SpecialTokens): number {
  let count = 0;
  for (const id of special.ids())
    if (vocabulary.bytesOf(id).length === 0 && !vocabulary.empty.has(id)) count++;
  return count;
}
