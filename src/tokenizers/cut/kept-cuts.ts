import type { LatticeTrace } from '../../core/text/traces';
import type { AlignedText } from '../aligned-text';
import type { EmitToken, TokenModel } from '../models/model';
import { SentencePieceUnigram } from '../models/sentencepiece-unigram';
import { byteToken, type UnigramModel } from '../models/unigram';
import type { WordPieceModel } from '../models/word-piece';
import { type TracedText, traceModel } from '../traces';
import { isSingle } from './bpe-cut';
import type { CutWords, ModelCut } from './cut-words';
import { Growth } from './growth';
import { ALWAYS } from './merge-histories';
import { Numbers } from './numbers';
import { WordPieceWords } from './word-piece-words';

/** What a cut of a vocabulary without merges needs to know. */
interface Kept {
  readonly growth: Growth;
  /** By id: its place among the entries that can be cut, or `ALWAYS`. */
  readonly places: Int32Array;
}

/**
 * Cuts of a Unigram vocabulary: the pieces of best score, of equal scores those of lower ids. Single characters, byte
 * pieces, unknown, control, user-defined and added tokens are in every cut. What an unknown character costs follows from
 * the scores that are left, as it would in a file with these pieces only.
 * @param entries of the whole vocabulary; @param added ids of added tokens
 */
export function unigramCut(model: UnigramModel, entries: number, added: ReadonlySet<number>): ModelCut {
  const { scores, vocabulary } = model;
  const bytes = new Set(Array.from({ length: 256 }, (_, byte) => model.idOf(byteToken(byte))));
  const pieces = model instanceof SentencePieceUnigram ? model.pieces : undefined;
  const isKept = (id: number) =>
    bytes.has(id) ||
    id === model.unknownId ||
    (pieces !== undefined && (!pieces.isTextual(id) || pieces.isUnused(id) || pieces.userDefined.has(id)));
  const kept = keptOf(
    'scores',
    vocabulary,
    entries,
    (id) => added.has(id) || isKept(id),
    (a, b) => scores[b]! - scores[a]!,
  );
  return {
    ...withoutMerges(kept),
    begin: () => {
      let limit = -1;
      let cut = model;
      const at = (wanted: number) => {
        if (wanted !== limit) cut = model.cut((id) => kept.places[id]! < wanted);
        limit = wanted;
        return cut;
      };
      return new TokenizedWords(at, (wanted, text, byte, best) => bestOf(at(wanted), text, byte, best));
    },
  };
}

function bestOf(model: UnigramModel, text: TracedText, at: number, best: number): LatticeTrace {
  const trace = traceModel(model, text, { at, best });
  if (trace?.kind !== 'lattice') throw new Error('A Unigram model has no lattice.');
  return trace;
}

/**
 * Cuts of a WordPiece vocabulary: its first entries, in its own order. Single characters, at the beginning of a word or
 * within, unknown and added tokens are in every cut.
 * @param entries of the whole vocabulary; @param added ids of added tokens
 */
export function wordPieceCut(model: WordPieceModel, entries: number, added: ReadonlySet<number>): ModelCut {
  const { vocabulary, options } = model;
  const isCharacter = (id: number) => {
    const token = model.tokenOf(id) ?? '';
    if (!token.startsWith(options.prefix)) return false;
    const rest = token.slice(options.prefix.length);
    return rest !== '' && rest.length === String.fromCodePoint(rest.codePointAt(0)!).length;
  };
  const isKept = (id: number) => added.has(id) || id === model.unknownId || isCharacter(id);
  const kept = keptOf('order', vocabulary, entries, isKept, () => 0);
  return {
    ...withoutMerges(kept),
    begin: () => new WordPieceWords(model, kept.places),
  };
}

function withoutMerges({ growth }: Kept) {
  const noMerges = { bytesOf: () => new Uint8Array(0), numberOf: () => 0 };
  return { growth, naming: noMerges, mergesAt: () => undefined };
}

function keptOf(
  by: 'scores' | 'order',
  vocabulary: TokenModel['vocabulary'],
  entries: number,
  isKept: (id: number) => boolean,
  compare: (a: number, b: number) => number,
): Kept {
  const learned: number[] = [];
  for (let id = 0; id < vocabulary.size; id++) {
    if (vocabulary.bytesOf(id).length === 0 || isSingle(vocabulary, id) || isKept(id)) continue;
    learned.push(id);
  }
  learned.sort((a, b) => compare(a, b) || a - b);
  const places = new Int32Array(vocabulary.size).fill(ALWAYS);
  learned.forEach((id, place) => {
    places[id] = place;
  });
  return {
    growth: new Growth(
      by,
      entries,
      learned.map((_, place) => place),
    ),
    places,
  };
}

/** Words of a model that is made anew for every limit; their tokens are kept for the latest one. */
class TokenizedWords implements CutWords {
  readonly nBest: CutWords['nBest'];
  readonly #modelAt: (limit: number) => TokenModel;
  readonly #words: AlignedText[] = [];
  #limit = -1;
  #model: TokenModel | undefined;
  /** By word: where its tokens begin among `#tokens`, plus 1; 0 where they are not known yet. */
  #firsts = new Int32Array(0);
  #tokens = new Numbers();

  constructor(modelAt: (limit: number) => TokenModel, nBest?: CutWords['nBest']) {
    this.#modelAt = modelAt;
    this.nBest = nBest;
  }

  wordEnd(points: Uint32Array): number {
    return points.length;
  }

  add(word: AlignedText): undefined {
    this.#words.push(word);
  }

  write(word: number, limit: number, emit: EmitToken): void {
    const first = this.#tokenized(word, limit);
    const tokens = this.#tokens;
    const end = first + 1 + 3 * tokens.at(first);
    for (let i = first + 1; i < end; i += 3) emit(tokens.at(i), tokens.at(i + 1), tokens.at(i + 2));
  }

  count(word: number, limit: number): number {
    const first = this.#tokenized(word, limit);
    return this.#tokens.at(first);
  }

  /** Where the tokens of a word are, after their number. */
  #tokenized(word: number, limit: number): number {
    if (limit !== this.#limit || !this.#model) {
      this.#limit = limit;
      this.#model = this.#modelAt(limit);
      this.#firsts = new Int32Array(this.#words.length);
      this.#tokens = new Numbers();
    }
    const known = this.#firsts[word]! - 1;
    if (known >= 0) return known;
    const tokens = this.#tokens;
    const first = tokens.length;
    this.#firsts[word] = first + 1;
    tokens.push(0);
    this.#model.tokenize(this.#words[word]!, (id, from, to) => tokens.push(id, from, to));
    tokens.set(first, (tokens.length - first - 1) / 3);
    return first;
  }
}
