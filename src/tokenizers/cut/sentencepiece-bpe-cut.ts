import type { AlignedText } from '../aligned-text';
import type { Steps } from '../files/steps';
import type { EmitToken } from '../models/model';
import { flatSymbols, queuedMerges } from '../models/queued-merges';
import type { SentencePieceBpe } from '../models/sentencepiece-bpe';
import { isSingle } from './bpe-cut';
import type { CutWords, ModelCut } from './cut-words';
import { countBelow, Growth } from './growth';
import { MergeHistories } from './merge-histories';

/**
 * Cuts of a SentencePiece BPE vocabulary, where two neighbours merge if together they are a piece, the best score first:
 * a cut keeps the pieces of best score. Pieces of equal score come and go together. Single characters, byte pieces and
 * user-defined symbols are in every cut.
 * @param entries of the whole vocabulary
 * @returns undefined where some pieces are marked as unused: merges that are taken apart again depend on all others
 */
export function sentencePieceBpeCut(model: SentencePieceBpe, entries: number): ModelCut | undefined {
  const { pieces, vocabulary } = model;
  if (pieces.hasUnused) return undefined;
  const ranks: number[] = [];
  for (let id = 0; id < vocabulary.size; id++) {
    const isLearned = pieces.isTextual(id) && !pieces.userDefined.has(id) && !isSingle(vocabulary, id);
    if (isLearned && vocabulary.bytesOf(id).length > 0) ranks.push(model.rankAt(id));
  }
  ranks.sort((a, b) => a - b);
  return {
    growth: new Growth('merges', entries, ranks),
    naming: { bytesOf: (id) => model.symbolBytes(id), numberOf: (rank) => countBelow(ranks, rank) + 1 },
    mergesAt: (limit) => countBelow(ranks, limit),
    begin: () => new SentencePieceWords(model),
  };
}

/** Words are whole pieces, because unknown characters join across what merges do not cross. */
class SentencePieceWords implements CutWords {
  readonly histories = new MergeHistories();
  readonly #model: SentencePieceBpe;
  readonly #pieces: AlignedText[] = [];

  constructor(model: SentencePieceBpe) {
    this.#model = model;
  }

  wordEnd(points: Uint32Array): number {
    return points.length;
  }

  *add(word: AlignedText): Steps<void> {
    const { histories } = this;
    const list = this.#model.symbolsOf(word);
    const flat = flatSymbols(list);
    for (let i = 0; i < flat.length; i += 3) histories.symbol(flat[i]!, flat[i + 1]!, flat[i + 2]!);
    yield* queuedMerges(this.#model, list, (rank, id, left, right) => histories.merge(rank, id, left, right));
    histories.end(4 * word.length);
    this.#pieces.push(word);
  }

  write(word: number, limit: number, emit: EmitToken): void {
    const spans: number[] = [];
    this.histories.write(word, limit, (id, from, to) => spans.push(id, from, to));
    this.#model.emitSymbols(Int32Array.from(spans), this.#pieces[word]!, emit);
  }

  count(word: number, limit: number): number {
    let count = 0;
    this.write(word, limit, () => count++);
    return count;
  }
}
