import type { LinearProgram } from '../linear-program';

type Probabilities = ArrayLike<number>;

/**
 * The largest probability with which the token that comes out, distributed as q, can be one of k drafts that are drawn
 * independently from p. The paper's linear program is a flow from sets of drafts to tokens, so that by max-flow and
 * min-cut its value is 1 − max over sets U of tokens of p(U)^k − q(U): drafts that all lie in U want more of U than q
 * has. As x^k is convex, the best U holds the tokens whose q / p is least, up to some place, and one sort finds it.
 * (Our derivation; `optimumByProgram` confirms it.)
 * @param ks numbers of drafts
 * @returns for each of them
 */
export function optima(p: Probabilities, q: Probabilities, ks: readonly number[]): number[] {
  const order: number[] = [];
  for (let x = 0; x < p.length; x++) if (p[x]! > 0) order.push(x);
  order.sort((a, b) => q[a]! / p[a]! - q[b]! / p[b]!);
  return ks.map((k) => {
    let [inP, inQ, excess] = [0, 0, 0];
    for (const x of order) {
      inP += p[x]!;
      inQ += q[x]!;
      excess = Math.max(excess, Math.min(1, inP) ** k - inQ);
    }
    return 1 - excess;
  });
}

/** Tokens of a vocabulary that the linear program is for: it has a row for each set of them. */
export const MOST_TOKENS = 8;

/**
 * The same as the linear program that the paper starts from: how much of each draw of k drafts becomes which of its
 * tokens. Draws with the same set of tokens are one, which changes nothing.
 * @param p over MOST_TOKENS tokens or fewer
 * @param program empty; closed here
 */
export function optimumByProgram(
  p: Probabilities,
  q: Probabilities,
  k: number,
  program: LinearProgram,
): number {
  const into: number[][] = Array.from({ length: p.length }, () => []);
  const weights = setProbabilities(p, k);
  for (const [set, weight] of weights.entries()) {
    if (weight <= 0) continue;
    const variables: number[] = [];
    for (let x = 0; x < p.length; x++) {
      if ((set & (1 << x)) === 0) continue;
      const variable = program.addVariable(-1);
      variables.push(variable);
      into[x]!.push(variable);
    }
    program.addRow(
      variables,
      variables.map(() => 1),
      0,
      weight,
    );
  }
  for (const [x, variables] of into.entries()) {
    if (variables.length > 0)
      program.addRow(
        variables,
        variables.map(() => 1),
        0,
        q[x]!,
      );
  }
  const flows = program.solve();
  program.close();
  return flows.reduce((sum, flow) => sum + flow, 0);
}

/** How likely each set of tokens (a mask) is to be just the tokens of k drafts: p(S)^k less what its parts have. */
function setProbabilities(p: Probabilities, k: number): Float64Array {
  const sets = 1 << p.length;
  const found = new Float64Array(sets);
  for (let set = 1; set < sets; set++) {
    let mass = 0;
    for (let x = 0; x < p.length; x++) if (set & (1 << x)) mass += p[x]!;
    found[set] = mass ** k;
  }
  for (let x = 0; x < p.length; x++) {
    for (let set = 1; set < sets; set++) if (set & (1 << x)) found[set]! -= found[set ^ (1 << x)]!;
  }
  return found.map((each) => (each > 1e-15 ? each : 0));
}

/** Two distributions over the likeliest tokens of q, and one symbol for all others. */
export function merged(p: Probabilities, q: Float64Array, size: number): [Float64Array, Float64Array] {
  const kept = [...q.keys()].sort((a, b) => q[b]! - q[a]!).slice(0, size - 1);
  const of = (all: Probabilities) => {
    const few = Float64Array.from([...kept.map((x) => all[x]!), 0]);
    few[size - 1] = Math.max(0, 1 - few.reduce((sum, each) => sum + each, 0));
    return few;
  };
  return [of(p), of(q)];
}
