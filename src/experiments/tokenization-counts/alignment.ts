import type { Reading } from './grouping';

/** How the tokens of the operands and of the result lie under each other. */
export interface Alignment {
  /**
   * For the place of 10^p: whether the digit has the same place in its token, counted from the token's right end, in
   * every number that has such a digit. Undefined where only the result has one: nothing to line up with.
   */
  readonly places: readonly (boolean | undefined)[];
  /** Operand tokens that hold a digit under the result's tokens, a result token; 2 or less for two aligned operands. */
  readonly operandTokens: number;
}

/** The lowest place of the token that holds the digit of 10^p, for every p of a number. */
function lowestPlaces(chunks: readonly number[]): number[] {
  const lowest: number[] = [];
  for (const size of chunks.toReversed()) lowest.push(...new Array<number>(size).fill(lowest.length));
  return lowest;
}

/** Compares where tokens are cut in the numbers of a sum, its result being the last. */
export function align({ chunks }: Reading): Alignment {
  const numbers = chunks.map(lowestPlaces);
  const operands = numbers.slice(0, -1);
  const result = numbers.at(-1)!;
  const places = result.map((lowest, place) => {
    const others = operands.filter((operand) => place < operand.length);
    return others.length === 0 ? undefined : others.every((operand) => operand[place] === lowest);
  });
  let pairs = 0;
  for (const operand of operands) {
    const met = operand.slice(0, result.length).map((lowest, place) => `${lowest} ${result[place]}`);
    pairs += new Set(met).size;
  }
  return { places, operandTokens: pairs / chunks.at(-1)!.length };
}

/** What the readings of several sums come to. */
export interface Total {
  /** Places that were compared, and those that agree. */
  readonly places: number;
  readonly agreeing: number;
  readonly sums: number;
  /** Sums in which every place agrees. */
  readonly aligned: number;
  /** Mean of `operandTokens` over the sums; undefined for none. */
  readonly operandTokens: number | undefined;
}

export function total(alignments: readonly Alignment[]): Total {
  const places = alignments.flatMap((alignment) => alignment.places.filter((place) => place !== undefined));
  const tokens = alignments.reduce((sum, { operandTokens }) => sum + operandTokens, 0);
  return {
    places: places.length,
    agreeing: places.filter(Boolean).length,
    sums: alignments.length,
    aligned: alignments.filter((alignment) => alignment.places.every((place) => place !== false)).length,
    operandTokens: alignments.length === 0 ? undefined : tokens / alignments.length,
  };
}
