import type { AlignedText } from '../aligned-text';
import { stringOf } from '../aligned-text';
import type { Vocabulary } from '../vocabulary';
import { type BestPath, bestPath } from './best-path';
import type { EmitToken, TokenModel } from './model';
import type { PointTrie } from './point-trie';
import { TokenTable } from './token-table';

/** What an unknown character costs below the worst token (SentencePiece's kUnkPenalty). */
export const UNKNOWN_PENALTY = 10;

/** A token at a place of a piece, in points. */
export interface LatticeNode {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly score: number;
}

/** Unigram language model (Kudo 2018): the segmentation whose tokens' log probabilities sum highest. */
export class UnigramModel extends TokenTable implements TokenModel {
  readonly #scores: Float64Array;
  readonly #unknown: number | undefined;
  readonly #unknownScore: number;
  readonly #byteFallback: boolean;
  readonly #isSingle: boolean;
  readonly #trie: PointTrie;
  /** 1 for tokens that were cut away; their scores are below all others. */
  #removed: Uint8Array | undefined;

  /**
   * @param scores log probabilities, by id
   * @param singleUnknownScore that of unknown characters. If it is given, sums are rounded to single precision, as
   * SentencePiece does and Hugging Face does not
   * @param unknownScore in double precision; by default it follows from the scores
   */
  constructor(
    vocabulary: Vocabulary,
    trie: PointTrie,
    scores: Float64Array,
    unknown: number | undefined,
    byteFallback: boolean,
    singleUnknownScore?: number,
    unknownScore?: number,
  ) {
    super(vocabulary);
    this.#trie = trie;
    this.#scores = scores;
    this.#unknown = unknown;
    this.#byteFallback = byteFallback;
    this.#isSingle = singleUnknownScore !== undefined;
    this.#unknownScore = singleUnknownScore ?? unknownScore ?? lowestOf(scores) - UNKNOWN_PENALTY;
  }

  get unknownId(): number | undefined {
    return this.#unknown;
  }

  get scores(): Float64Array {
    return this.#scores;
  }

  /** The same model without some of its tokens, of which no single character may be one. */
  cut(isKept: (id: number) => boolean): UnigramModel {
    const removed = new Uint8Array(this.size);
    let lowest = Number.POSITIVE_INFINITY;
    const scores = this.#scores.map((score, id) => {
      if (isKept(id)) {
        lowest = Math.min(lowest, score);
        return score;
      }
      removed[id] = 1;
      return Number.NEGATIVE_INFINITY;
    });
    const model = this.withScores(scores, lowest);
    model.#removed = removed;
    return model;
  }

  /** @param lowest of the tokens that are left */
  protected withScores(scores: Float64Array, lowest: number): UnigramModel {
    const unknown = lowest - UNKNOWN_PENALTY;
    return new UnigramModel(
      this.vocabulary,
      this.#trie,
      scores,
      this.#unknown,
      this.#byteFallback,
      undefined,
      unknown,
    );
  }

  protected get trie(): PointTrie {
    return this.#trie;
  }

  /** Of equal tokens the last, as the lattice has it. */
  override idOf(token: string): number | undefined {
    let node = 0;
    for (const character of token) {
      node = this.#trie.child(node, character.codePointAt(0)!);
      if (node < 0) return undefined;
    }
    const id = this.#trie.tokenAt(node);
    return id < 0 ? undefined : id;
  }

  tokenize(piece: AlignedText, emit: EmitToken): void {
    let unknownFrom = -1;
    const flush = (to: number) => {
      if (unknownFrom >= 0) this.#emitUnknown(piece, unknownFrom, to, emit);
      unknownFrom = -1;
    };
    for (const [id, from, to] of this.bestPath(piece)) {
      if (id === this.#unknown) {
        // Adjacent unknown characters are one unknown token.
        if (unknownFrom < 0) unknownFrom = from;
        continue;
      }
      flush(from);
      emit(id, 4 * from, 4 * to);
    }
    flush(piece.length);
  }

  /** The best segmentation: id, from, to, in points. An unknown character has the unknown id, or -1. */
  protected bestPath(piece: AlignedText): [id: number, from: number, to: number][] {
    const path = this.#bestPath(piece);
    const tokens: [number, number, number][] = [];
    for (let end = piece.length; end > 0; end = path.from[end]!) {
      tokens.push([path.id[end]!, path.from[end]!, end]);
    }
    return tokens.reverse();
  }

  /**
   * The parts of a piece between the places that no token spans: each has a lattice of its own. `before` is the
   * score of the best path up to it.
   */
  segments(piece: AlignedText): { part: AlignedText; before: number }[] {
    const segments: { part: AlignedText; before: number }[] = [];
    const { best } = this.#bestPath(piece);
    let from = 0;
    let reach = 0;
    for (let start = 0; start < piece.length; start++) {
      if (start > 0 && reach <= start) {
        segments.push({ part: piece.slice(from, start), before: best[from]! });
        from = start;
      }
      reach = Math.max(reach, start + 1);
      this.#tokensAt(piece.points, start, (_, end) => {
        reach = Math.max(reach, end);
      });
    }
    if (from < piece.length) segments.push({ part: piece.slice(from, piece.length), before: best[from]! });
    return segments;
  }

  /** The lattice: every token that could be at some place of the piece, with its log probability. */
  lattice(piece: AlignedText): LatticeNode[] {
    const nodes: LatticeNode[] = [];
    for (let start = 0; start < piece.length; start++) {
      let single = false;
      this.#tokensAt(piece.points, start, (id, end) => {
        single ||= end === start + 1;
        nodes.push({ id, from: start, to: end, score: this.#scores[id]! });
      });
      if (!single)
        nodes.push({ id: this.#unknown ?? -1, from: start, to: start + 1, score: this.#unknownScore });
    }
    return nodes;
  }

  /**
   * The `count` best segmentations of a piece, best first, and their log probabilities.
   * @param before score of the path that leads to it: rounding decides between paths that are equally likely
   */
  nBest(
    piece: AlignedText,
    count: number,
    lattice: readonly LatticeNode[] = this.lattice(piece),
    before = 0,
  ): { score: number; nodes: LatticeNode[] }[] {
    interface Path {
      readonly score: number;
      readonly node: LatticeNode | undefined;
      readonly before: Path | undefined;
    }
    // The best paths to each place: a path that is not among them here cannot be among them later.
    const best: Path[][] = Array.from({ length: piece.length + 1 }, () => []);
    best[0]!.push({ score: before, node: undefined, before: undefined });
    for (const node of lattice) {
      const paths = best[node.to]!;
      for (const path of best[node.from]!) {
        const sum = node.score + path.score;
        paths.push({ score: this.#isSingle ? Math.fround(sum) : sum, node, before: path });
      }
      paths.sort((a, b) => b.score - a.score);
      paths.length = Math.min(paths.length, count);
    }
    return best[piece.length]!.map((path) => {
      const nodes: LatticeNode[] = [];
      for (let at: Path | undefined = path; at?.node; at = at.before) nodes.push(at.node);
      return { score: path.score - before, nodes: nodes.reverse() };
    });
  }

  #tokensAt(points: Uint32Array, start: number, visit: (id: number, end: number) => void): void {
    const trie = this.#trie;
    let node = 0;
    for (let end = start; end < points.length; ) {
      node = trie.child(node, points[end]!);
      if (node < 0) return;
      end++;
      const token = trie.tokenAt(node);
      if (token >= 0 && this.#removed?.[token] !== 1) visit(token, end);
    }
  }

  #emitUnknown(piece: AlignedText, from: number, to: number, emit: EmitToken): void {
    const text = stringOf(piece.points.subarray(from, to));
    const known = this.idOf(text);
    if (known !== undefined && this.#removed?.[known] !== 1) {
      emit(known, 4 * from, 4 * to);
      return;
    }
    if (this.#byteFallback) {
      const ids = Array.from(new TextEncoder().encode(text), (byte) => this.idOf(byteToken(byte)));
      if (ids.every((id) => id !== undefined)) {
        // In Hugging Face's library each byte has the span of the whole unknown stretch.
        for (const id of ids) emit(id, 4 * from, 4 * to);
        return;
      }
    }
    if (this.#unknown !== undefined) emit(this.#unknown, 4 * from, 4 * to);
  }

  #bestPath(piece: AlignedText): BestPath {
    return bestPath(piece, {
      trie: this.#trie,
      scores: this.#scores,
      unknown: this.#unknown,
      unknownScore: this.#unknownScore,
      isSingle: this.#isSingle,
    });
  }
}

function lowestOf(scores: Float64Array): number {
  let lowest = Number.POSITIVE_INFINITY;
  for (const score of scores) lowest = Math.min(lowest, score);
  return lowest;
}

/** The byte token used where a character is unknown, such as `<0x0A>`. */
export function byteToken(byte: number): string {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
}
