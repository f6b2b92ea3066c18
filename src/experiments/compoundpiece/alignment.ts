/**
 * Where the parts of a compound meet in the word as it is written, although parts are given as they stand alone
 * ("Anpassung" and "Leistung" of "Anpassungsleistung"): by the cheapest alignment of their letters (Levenshtein), as in
 * CompoundPiece. Letters that only join two parts go to the first.
 * @returns positions in the word, in UTF-16 units; empty where the parts cannot be told apart in it
 */
export function alignedCuts(word: string, parts: readonly string[]): readonly number[] {
  const written = word.toLowerCase();
  const alone = parts.join('').toLowerCase();
  const forth = distances(written, alone);
  const back = distances(reversed(written), reversed(alone));
  const [n, m] = [written.length, alone.length];
  const total = forth[n]![m]!;
  const cuts: number[] = [];
  let seen = 0;
  for (const part of parts.slice(0, -1)) {
    seen += part.length;
    let at = n;
    while (at > 0 && forth[at]![seen]! + back[n - at]![m - seen]! !== total) at--;
    if (at <= (cuts.at(-1) ?? 0) || at >= n) return [];
    cuts.push(at);
  }
  return cuts;
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}

/** Edit distance of every beginning of `a` and every beginning of `b`. */
function distances(a: string, b: string): number[][] {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row.push(Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + same));
    }
    rows.push(row);
  }
  return rows;
}
