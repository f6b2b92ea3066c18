import { type PointWords, seedPieces } from './seed-pieces';
import { type CurvePoint, relayed, type Training } from './steps';
import { alternativeOf } from './unigram-alternative';
import { bestCounts, digamma, expectedCounts } from './unigram-estimate';
import { keepPieces, type WordLattices, wordLattices } from './word-lattices';

/** As in SentencePiece: rounds of estimation before each pruning, share that a pruning keeps, and least expected count. */
const ROUNDS = 2;
const SHRINKING = 0.75;
const LEAST_EXPECTED = 0.5;
/** Estimation ends this much above the wanted size; the rest is cut by probability. */
const MARGIN = 1.1;

export interface UnigramSettings {
  /** Tokens in all: special ones, characters and longer pieces. */
  readonly vocabularySize: number;
  readonly special: readonly string[];
  /** Substrings to begin with. */
  readonly seedSize: number;
}

/** A trained Unigram vocabulary. */
export interface TrainedUnigram {
  readonly special: readonly string[];
  /** Pieces after the special tokens, and their log probabilities. */
  readonly pieces: readonly string[];
  readonly scores: Float64Array;
  /** Tokens of the corpus against vocabulary size, in the order in which it was pruned. */
  readonly curve: readonly CurvePoint[];
}

/**
 * A Unigram language model vocabulary (Kudo 2018, arXiv 1804.10959): substrings are estimated by expectation
 * maximization and pruned by what the corpus' likelihood would lose, as in SentencePiece's trainer. Every character of
 * the corpus stays.
 */
export function* trainUnigram(words: PointWords, settings: UnigramSettings): Training<TrainedUnigram> {
  const { special, vocabularySize, seedSize } = settings;
  const wanted = Math.max(1, vocabularySize - special.length);
  const seeds = yield* relayed(seedPieces(words, seedSize), (share) => ({
    phase: 'seeding',
    share,
    vocabulary: 0,
  }));
  const { characters, frequencies } = seeds;
  let { pieces } = seeds;
  let lattices: WordLattices = yield* relayed(wordLattices(words, pieces), (share) => ({
    phase: 'seeding',
    share,
    vocabulary: seeds.pieces.length,
  }));
  const sum = frequencies.reduce((total, each) => total + each, 0);
  let scores: Float64Array = frequencies.map((each) => Math.log(each / sum));
  const curve: CurvePoint[] = [];
  const started = pieces.length;
  const keep = (newId: Int32Array, size: number) => {
    const keptScores = new Float64Array(size);
    const keptPieces: string[] = new Array(size);
    for (let id = 0; id < newId.length; id++) {
      if (newId[id]! < 0) continue;
      keptScores[newId[id]!] = scores[id]!;
      keptPieces[newId[id]!] = pieces[id]!;
    }
    pieces = keptPieces;
    scores = keptScores;
    lattices = keepPieces(lattices, newId);
  };
  for (;;) {
    for (let round = 0; round < ROUNDS; round++) {
      const { expected } = expectedCounts(lattices, scores);
      const [newId, size] = numbered(
        pieces.length,
        (id) => id < characters || expected[id]! >= LEAST_EXPECTED,
      );
      scores = maximized(expected);
      keep(newId, size);
      yield progress(pieces.length, started, wanted);
    }
    const { best, tokens } = bestCounts(lattices, scores);
    curve.push({ vocabulary: pieces.length + special.length, tokens });
    yield { ...progress(pieces.length, started, wanted), vocabulary: pieces.length + special.length, tokens };
    if (pieces.length <= Math.max(wanted, characters) * MARGIN) break;
    const target = Math.max(Math.ceil(wanted * MARGIN), Math.ceil(pieces.length * SHRINKING));
    const kept = mostUseful(pieces, scores, best, characters, target);
    const [newId, size] = numbered(pieces.length, (id) => kept.has(id));
    if (size === pieces.length) break;
    keep(newId, size);
    yield progress(pieces.length, started, wanted);
  }
  const order = [...pieces.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b);
  const room = Math.max(0, wanted - characters);
  const longer = new Set(order.filter((id) => id >= characters).slice(0, room));
  const [newId, size] = numbered(pieces.length, (id) => id < characters || longer.has(id));
  keep(newId, size);
  curve.push({ vocabulary: pieces.length + special.length, tokens: bestCounts(lattices, scores).tokens });
  const sorted = [...pieces.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b);
  return {
    special,
    pieces: sorted.map((id) => pieces[id]!),
    scores: Float64Array.from(sorted, (id) => scores[id]!),
    curve: curve.reverse(),
  };
}

/** M step, with the sparse prior of the Bayesian treatment that SentencePiece uses. */
function maximized(expected: Float64Array): Float64Array {
  const floored = expected.map((each) => Math.max(each, 1e-3));
  const total = digamma(floored.reduce((sum, each) => sum + each, 0));
  // Probabilities below 1e-9 would take a long word's product below what a double holds.
  return floored.map((each) => Math.max(digamma(each) - total, Math.log(1e-9)));
}

/** The characters, and the pieces without which the likelihood would fall most. */
function mostUseful(
  pieces: readonly string[],
  scores: Float64Array,
  best: Float64Array,
  characters: number,
  target: number,
): Set<number> {
  const kept = new Set<number>(Array.from({ length: characters }, (_, id) => id));
  const idOf = new Map(pieces.map((piece, id) => [piece, id]));
  const sum = best.reduce((total, each) => total + each, 0);
  const losses: { readonly id: number; readonly loss: number }[] = [];
  for (let id = characters; id < pieces.length; id++) {
    const often = best[id]!;
    if (often === 0) continue;
    const alternative = alternativeOf(pieces[id]!, idOf, scores);
    if (alternative.length === 0) {
      kept.add(id);
      continue;
    }
    const others = Math.log(sum + often * (alternative.length - 1));
    const without = alternative.reduce((total, other) => total + Math.log(best[other]! + often) - others, 0);
    losses.push({ id, loss: (often / sum) * (Math.log(often / sum) - without) });
  }
  losses.sort((a, b) => b.loss - a.loss || a.id - b.id);
  for (const { id } of losses) {
    if (kept.size >= target) break;
    kept.add(id);
  }
  return kept;
}

/** New ids for those that are kept, and how many they are. */
function numbered(count: number, isKept: (id: number) => boolean): [newId: Int32Array, size: number] {
  const newId = new Int32Array(count);
  let size = 0;
  for (let id = 0; id < count; id++) newId[id] = isKept(id) ? size++ : -1;
  return [newId, size];
}

function progress(now: number, started: number, wanted: number) {
  const span = Math.log(started / wanted);
  const share = span > 0 ? Math.min(1, Math.max(0, Math.log(started / now) / span)) : 1;
  return { phase: 'estimating', share, vocabulary: now } as const;
}
