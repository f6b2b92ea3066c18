import type { TokenSequence } from '../../core/text/token-sequence';
import type { LatticePiece } from '../../core/text/traces';
import type { BestSegmentations, VocabularyExtent } from '../../core/text/vocabulary-cut';
import { AlignedText, originalEnd, originalStart } from '../aligned-text';
import { drain, type Steps, within } from '../files/steps';
import { BpeModel } from '../models/bpe';
import type { TokenModel } from '../models/model';
import { SentencePieceBpe } from '../models/sentencepiece-bpe';
import { UnigramModel } from '../models/unigram';
import { WordPieceModel } from '../models/word-piece';
import type { Pipeline, PipelineParts } from '../pipeline-tokenizer';
import { bpeCut } from './bpe-cut';
import type { CutText, VocabularyCuts } from './cut-text';
import type { CutWords, ModelCut } from './cut-words';
import { unigramCut, wordPieceCut } from './kept-cuts';
import { Numbers } from './numbers';
import { sentencePieceBpeCut } from './sentencepiece-bpe-cut';
import { WordText } from './word-text';

/** Words between two steps. */
const STEP = 512;

/** Cuts of the vocabulary of a pipeline; undefined for models whose vocabulary cannot be cut. */
export function pipelineCuts(parts: PipelineParts): VocabularyCuts | undefined {
  const { model, addedTokens } = parts.pipeline;
  const added = new Set(addedTokens.map(({ id }) => id));
  const cut = modelCut(model, entriesOf(model, added), added);
  return cut && new PipelineCuts(parts, cut);
}

function modelCut(model: TokenModel, entries: number, added: ReadonlySet<number>): ModelCut | undefined {
  if (model instanceof BpeModel) return bpeCut(model, entries);
  if (model instanceof SentencePieceBpe) return sentencePieceBpeCut(model, entries);
  if (model instanceof UnigramModel) return unigramCut(model, entries, added);
  if (model instanceof WordPieceModel) return wordPieceCut(model, entries, added);
  return undefined;
}

/** How many tokens there are, in the model and beside it. */
function entriesOf({ vocabulary }: TokenModel, added: ReadonlySet<number>): number {
  const isOwn = (id: number) => vocabulary.bytesOf(id).length > 0;
  let entries = 0;
  for (let id = 0; id < vocabulary.size; id++) if (isOwn(id)) entries++;
  for (const id of added) if (!isOwn(id)) entries++;
  return entries;
}

class PipelineCuts implements VocabularyCuts {
  readonly #parts: PipelineParts;
  readonly #cut: ModelCut;

  constructor(parts: PipelineParts, cut: ModelCut) {
    this.#parts = parts;
    this.#cut = cut;
  }

  get extent(): VocabularyExtent {
    const { by, smallest, largest } = this.#cut.growth;
    return { by, smallest, largest };
  }

  sizeAt(size: number): number {
    const { growth } = this.#cut;
    return growth.sizeAt(growth.limitAt(size));
  }

  mergesAt(size: number): number | undefined {
    return this.#cut.mergesAt(this.#cut.growth.limitAt(size));
  }

  *prepare(text: string): Steps<CutText> {
    const { pipeline, stretches } = this.#parts;
    const { growth, naming } = this.#cut;
    yield 0;
    const pieces: AlignedText[] = [];
    const added = new Numbers();
    /** Of each piece its place among `pieces`, or -1 less the number of an added token. */
    const order = new Numbers();
    const cut = stretches(text.toWellFormed());
    for (const stretch of cut) {
      if (stretch.id === undefined) {
        for (const piece of pipeline.preTokenize(stretch.text)) {
          if (piece.length > 0) order.push(pieces.push(piece) - 1);
        }
        yield 0.1;
      } else {
        const { starts, ends, length } = stretch.text;
        order.push(-1 - added.length / 3);
        added.push(stretch.id, starts[0]!, ends[length - 1]!);
      }
    }
    const words = this.#cut.begin();
    const all = joined(pieces);
    const sequence = new Numbers();
    const count = yield* addWords(all, pieces, order, words, sequence);
    const traced = { stretches: cut, preTokenize: pipeline.preTokenize };
    const { nBest } = words;
    return new WordText({
      growth,
      naming,
      words,
      histories: words.histories,
      count,
      occurrences: {
        sequence,
        added,
        startOf: (place) => originalStart(all, place),
        endOf: (place) => originalEnd(all, place),
      },
      finish: finishing(pipeline, text.toWellFormed()),
      best:
        nBest &&
        ((size, at, best) => {
          const [piece] = nBest(growth.limitAt(size), traced, at, best).pieces;
          return piece && named(piece, pipeline.model);
        }),
    });
  }
}

/** Splits pieces into words and adds each distinct one. @returns how many there are */
function* addWords(
  all: AlignedText,
  pieces: AlignedText[],
  order: Numbers,
  words: CutWords,
  sequence: Numbers,
): Steps<number> {
  const known = new Map<string, number>();
  let offset = 0;
  let next = 0;
  for (let i = 0; i < order.length; i++) {
    const place = order.at(i);
    if (place < 0) {
      sequence.push(place, 0);
      continue;
    }
    const length = pieces[place]!.length;
    // The whole text's points are kept, so that those of each piece need not be.
    const points = all.points.subarray(offset, offset + length);
    for (let from = 0; from < length; ) {
      const to = words.wordEnd(points, from);
      const word = all.slice(offset + from, offset + to);
      const key = word.text;
      let number = known.get(key);
      if (number === undefined) {
        number = known.size;
        known.set(key, number);
        const steps = words.add(word);
        // Long words may take a while; the others are done at once.
        if (steps && to - from > 4096) yield* within(offset / all.length, (offset + to) / all.length, steps);
        else if (steps) drain(steps);
      }
      sequence.push(number, 4 * (offset + from));
      from = to;
      if (++next % STEP === 0) yield 0.1 + (0.9 * (offset + from)) / all.length;
    }
    offset += length;
  }
  return known.size;
}

/** Pieces one after the other. */
function joined(pieces: readonly AlignedText[]): AlignedText {
  if (pieces.length === 1) return pieces[0]!;
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const points = new Uint32Array(length);
  const starts = new Uint32Array(length);
  const ends = new Uint32Array(length);
  const mixed = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    points.set(piece.points, at);
    starts.set(piece.starts, at);
    ends.set(piece.ends, at);
    if (piece.mixed) mixed.set(piece.mixed, at);
    at += piece.length;
  }
  return new AlignedText(points, starts, ends, 0, undefined, mixed);
}

function finishing(
  { postProcessor }: Pipeline,
  text: string,
): ((tokens: TokenSequence) => TokenSequence) | undefined {
  if (!postProcessor) return undefined;
  return (tokens) => {
    // Special tokens are text here, and only what is parsed counts as found.
    const { ids, starts, ends } = postProcessor.process({ ...tokens, found: new Map() }, false, text);
    return { ids, starts, ends };
  };
}

function named({ start, end, tokens, best }: LatticePiece, model: TokenModel): BestSegmentations {
  const nameOf = (id: number) => (id < 0 ? '' : (model.tokenOf(id) ?? ''));
  return {
    start,
    end,
    best: best.map(({ score, tokens: path }) => ({
      score,
      tokens: path.map((place) => {
        const { id, start: from, end: to } = tokens[place]!;
        return { start: from, end: to, name: nameOf(id) };
      }),
    })),
  };
}
