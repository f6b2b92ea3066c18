import type { MergeTrace } from '../core/text/merge-trace';
import type { MergedToken } from '../core/text/merged-token';
import type { GreedyWord, LatticePiece, TextTrace, TraceOptions } from '../core/text/traces';
import type { Stretch } from './added-tokens';
import { AlignedText, originalEnd, originalStart } from './aligned-text';
import type { MergingModel, TokenModel } from './models/model';
import { UnigramModel } from './models/unigram';
import { WordPieceModel } from './models/word-piece';
import { MergeRecorder } from './traces-merges';

/** A text prepared for the model: added tokens found, and each stretch between them split into pieces. */
export interface TracedText {
  readonly stretches: readonly Stretch[];
  readonly preTokenize: (text: AlignedText) => readonly AlignedText[];
}

/** How a model came to its tokens; undefined for models that only look words up (WordLevel). */
export function traceModel(
  model: TokenModel,
  text: TracedText,
  options: TraceOptions,
): TextTrace | undefined {
  if (isMerging(model)) return traceBpe(model, text);
  if (model instanceof UnigramModel) {
    const segments = piecesOf(text, options).flatMap((piece) =>
      model.segments(piece).filter(({ part }) => holds(part, options)),
    );
    const count = options.best ?? 5;
    return {
      kind: 'lattice',
      pieces: segments.map(({ part, before }) => traceUnigram(model, part, count, before)),
    };
  }
  if (model instanceof WordPieceModel) {
    return { kind: 'greedy', words: piecesOf(text, options).map((piece) => traceWord(model, piece)) };
  }
  return undefined;
}

/**
 * How a model's merges make one of its tokens; undefined where it does not merge, where characters have affixes by their
 * place in a word, and for tokens that stand for bytes.
 */
export function mergedByModel(model: TokenModel, id: number): MergedToken | undefined {
  const name = model.tokenOf(id);
  if (name === undefined || !isMerging(model) || model.hasAffixes) return undefined;
  if (id === model.unknownId || BYTE_NAME.test(name)) return undefined;
  const piece = AlignedText.from(name);
  const symbols: number[] = [];
  let merges = 0;
  let halves: [number, number] | undefined;
  const made: (readonly [left: number, right: number, id: number])[] = [];
  const flat = model.trace(piece, (_, merged, left, right) => void made.push([left, right, merged]));
  for (let i = 0; i < flat.length; i += 3) symbols.push(flat[i]!);
  for (const [left, right, merged] of made) {
    halves = [symbols[left]!, symbols[right]!];
    symbols[left] = merged;
    merges++;
  }
  const isMade = symbols.length - merges === 1 && symbols[0] === id;
  return {
    isMade,
    halves: isMade ? halves : undefined,
    isTakenWhole: model.wholeId(piece) !== undefined,
  };
}

const BYTE_NAME = /^<0x[0-9A-F]{2}>$/;

function isMerging(model: TokenModel): model is MergingModel {
  return 'trace' in model;
}

function traceBpe(model: MergingModel, { stretches, preTokenize }: TracedText): MergeTrace {
  const recorder = new MergeRecorder(1024);
  const { symbols } = recorder;
  const traceWord = (word: AlignedText) => {
    recorder.beginWord();
    const first = symbols.count;
    const flat = model.trace(word, (rank, id, left, right) =>
      recorder.merge(rank, id, first + left, first + right),
    );
    for (let i = 0; i < flat.length; i += 3) {
      symbols.push(flat[i]!, originalStart(word, flat[i + 1]!), originalEnd(word, flat[i + 2]!));
    }
  };
  for (const { text, id } of stretches) {
    if (id !== undefined) {
      symbols.push(id, text.starts[0]!, text.ends[text.length - 1]!);
      continue;
    }
    for (const piece of preTokenize(text)) {
      const whole = model.wholeId(piece);
      if (whole === undefined) for (const word of model.words(piece)) traceWord(word);
      else symbols.push(whole, originalStart(piece, 0), originalEnd(piece, 4 * piece.length));
    }
  }
  return recorder.finish();
}

function traceUnigram(model: UnigramModel, piece: AlignedText, count: number, before: number): LatticePiece {
  const nodes = model.lattice(piece);
  const places = new Map(nodes.map((node, i) => [node, i]));
  return {
    ...spanOf(piece, 0, piece.length),
    tokens: nodes.map(({ id, from, to, score }) => ({ id, score, ...spanOf(piece, from, to) })),
    best: model.nBest(piece, count, nodes, before).map(({ score, nodes: path }) => ({
      score,
      tokens: path.map((node) => places.get(node)!),
    })),
  };
}

function traceWord(model: WordPieceModel, piece: AlignedText): GreedyWord {
  const matches = model.matches(piece);
  return {
    ...spanOf(piece, 0, piece.length),
    matches: matches.map(({ id, from, to }) => ({ id, ...spanOf(piece, from, to) })),
    known: matches.at(-1)?.to === piece.length,
  };
}

function piecesOf({ stretches, preTokenize }: TracedText, options: TraceOptions): AlignedText[] {
  return stretches
    .filter(({ id, text }) => id === undefined && holds(text, options))
    .flatMap(({ text }) => preTokenize(text).filter((piece) => holds(piece, options)));
}

/** Whether a piece is not empty and holds the byte that is asked for, if one is. */
function holds(piece: AlignedText, { at }: TraceOptions): boolean {
  if (piece.length === 0) return false;
  return at === undefined || (piece.starts[0]! <= at && at < piece.ends[piece.length - 1]!);
}

/** Where the points `[from, to)` of a piece lie in the original. */
function spanOf(piece: AlignedText, from: number, to: number): { start: number; end: number } {
  return { start: originalStart(piece, 4 * from), end: originalEnd(piece, 4 * to) };
}
