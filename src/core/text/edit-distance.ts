/**
 * The Levenshtein distance of two texts in code points: insertions, deletions and substitutions, each of cost 1. Takes
 * time in proportion to the product of their lengths.
 */
export function editDistance(a: string, b: string): number {
  const [from, to] = [[...a], [...b]];
  let row = to.map((_, j) => j + 1);
  for (const [i, one] of from.entries()) {
    let diagonal = i;
    let left = i + 1;
    row = row.map((above, j) => {
      const cost = Math.min(left + 1, above + 1, diagonal + (one === to[j] ? 0 : 1));
      diagonal = above;
      left = cost;
      return cost;
    });
  }
  return row.at(-1) ?? from.length;
}
