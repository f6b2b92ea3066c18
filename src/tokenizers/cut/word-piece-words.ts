import type { AlignedText } from '../aligned-text';
import type { EmitToken } from '../models/model';
import { noUnknownToken } from '../models/no-unknown-token';
import type { WordPieceModel } from '../models/word-piece';
import type { CutWords } from './cut-words';
import { Numbers } from './numbers';

/**
 * Words under WordPiece: for every place of a word all tokens that fit there, so that the greedy search of any cut only
 * has to skip those that are cut away.
 */
export class WordPieceWords implements CutWords {
  readonly #model: WordPieceModel;
  /** By id: its place among the entries that can be cut. */
  readonly #places: Int32Array;
  /** Of each word where its points begin among `#points`. */
  readonly #words = new Numbers();
  /** Of each point where its matches begin, and of a word's end where they end. */
  readonly #points = new Numbers();
  /** Pairs: where the match ends, and its token; the longest first. */
  readonly #matches = new Numbers();
  readonly #texts: string[] = [];

  constructor(model: WordPieceModel, places: Int32Array) {
    this.#model = model;
    this.#places = places;
  }

  wordEnd(points: Uint32Array): number {
    return points.length;
  }

  add(word: AlignedText): undefined {
    this.#words.push(this.#points.length);
    this.#texts.push(word.text);
    const isTooLong = word.length > this.#model.options.maxCharacters;
    for (let from = 0; from < word.length; from++) {
      this.#points.push(this.#matches.length);
      if (isTooLong) continue;
      for (const { to, id } of this.#model.matchesAt(word, from)) this.#matches.push(to, id);
    }
    this.#points.push(this.#matches.length);
  }

  write(word: number, limit: number, emit: EmitToken): void {
    const length = this.#lengthOf(word);
    if (this.count(word, limit) === 1) {
      const [to, id] = this.#match(word, 0, limit);
      if (to === length) emit(id, 0, 4 * length);
      else emit(this.#unknown(word), 0, 4 * length);
      return;
    }
    for (let from = 0; from < length; ) {
      const [to, id] = this.#match(word, from, limit);
      emit(id, 4 * from, 4 * to);
      from = to;
    }
  }

  count(word: number, limit: number): number {
    const length = this.#lengthOf(word);
    let count = 0;
    for (let from = 0; from < length; count++) {
      const [to] = this.#match(word, from, limit);
      // One failure makes the whole word unknown.
      if (to < 0) {
        this.#unknown(word);
        return 1;
      }
      from = to;
    }
    return count;
  }

  /** The longest token that is left at a place: where it ends, and its id; -1 where there is none. */
  #match(word: number, from: number, limit: number): readonly [to: number, id: number] {
    const point = this.#words.at(word) + from;
    for (let i = this.#points.at(point); i < this.#points.at(point + 1); i += 2) {
      const id = this.#matches.at(i + 1);
      if (this.#places[id]! < limit) return [this.#matches.at(i), id];
    }
    return [-1, -1];
  }

  #lengthOf(word: number): number {
    const end = word + 1 < this.#words.length ? this.#words.at(word + 1) : this.#points.length;
    return end - this.#words.at(word) - 1;
  }

  #unknown(word: number): number {
    const { unknownId, options } = this.#model;
    if (unknownId === undefined) throw noUnknownToken(this.#texts[word]!, options.unknownToken);
    return unknownId;
  }
}
