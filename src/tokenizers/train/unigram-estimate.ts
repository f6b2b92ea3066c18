import type { WordLattices } from './word-lattices';

/** Longest lattice, plus its end. */
const ROOM = 40;

/**
 * E step: how often each piece is expected over all segmentations of the corpus, by the forward-backward algorithm.
 * @param scores log probabilities
 * @returns expected counts, and the corpus' log likelihood
 */
export function expectedCounts(
  { size, first, lengths, counts, spans, pieces }: WordLattices,
  scores: Float64Array,
): { readonly expected: Float64Array; readonly likelihood: number } {
  const expected = new Float64Array(scores.length);
  const probabilities = scores.map(Math.exp);
  const forward = new Float64Array(ROOM);
  const backward = new Float64Array(ROOM);
  let likelihood = 0;
  for (let lattice = 0; lattice < size; lattice++) {
    const begin = first[lattice]!;
    const end = first[lattice + 1]!;
    const length = lengths[lattice]!;
    forward.fill(0, 0, length + 1);
    backward.fill(0, 0, length + 1);
    forward[0] = 1;
    backward[length] = 1;
    for (let edge = begin; edge < end; edge++) {
      const span = spans[edge]!;
      forward[span >> 8]! += forward[span & 255]! * probabilities[pieces[edge]!]!;
    }
    const total = forward[length]!;
    if (!(total > 0)) continue;
    for (let edge = end - 1; edge >= begin; edge--) {
      const span = spans[edge]!;
      backward[span & 255]! += backward[span >> 8]! * probabilities[pieces[edge]!]!;
    }
    const share = counts[lattice]! / total;
    for (let edge = begin; edge < end; edge++) {
      const span = spans[edge]!;
      const piece = pieces[edge]!;
      expected[piece]! += forward[span & 255]! * probabilities[piece]! * backward[span >> 8]! * share;
    }
    likelihood += counts[lattice]! * Math.log(total);
  }
  return { expected, likelihood };
}

/**
 * How often each piece stands on the best path of the corpus' words, and tokens in all.
 * @param scores log probabilities
 */
export function bestCounts(
  { size, first, lengths, counts, spans, pieces }: WordLattices,
  scores: Float64Array,
): { readonly best: Float64Array; readonly tokens: number } {
  const best = new Float64Array(scores.length);
  const reach = new Float64Array(ROOM);
  const via = new Int32Array(ROOM);
  let tokens = 0;
  for (let lattice = 0; lattice < size; lattice++) {
    const length = lengths[lattice]!;
    reach.fill(Number.NEGATIVE_INFINITY, 0, length + 1);
    reach[0] = 0;
    for (let edge = first[lattice]!; edge < first[lattice + 1]!; edge++) {
      const span = spans[edge]!;
      const score = reach[span & 255]! + scores[pieces[edge]!]!;
      if (score <= reach[span >> 8]!) continue;
      reach[span >> 8] = score;
      via[span >> 8] = edge;
    }
    for (let at = length; at > 0 && reach[at]! > Number.NEGATIVE_INFINITY; ) {
      const edge = via[at]!;
      best[pieces[edge]!]! += counts[lattice]!;
      tokens += counts[lattice]!;
      at = spans[edge]! & 255;
    }
  }
  return { best, tokens };
}

/** The digamma function, for x > 0: its recurrence up to 7, then its asymptotic series (Abramowitz and Stegun 6.3.18). */
export function digamma(x: number): number {
  let at = x;
  let result = 0;
  for (; at < 7; at++) result -= 1 / at;
  const inverse = 1 / (at * at);
  const series =
    inverse *
    (1 / 12 - inverse * (1 / 120 - inverse * (1 / 252 - inverse * (1 / 240 - inverse * (1 / 132)))));
  return result + Math.log(at) - 0.5 / at - series;
}
