/** How the pictures of a run use one position of the row of tokens. */
export interface PositionUsage {
  /** Different codes that stand there. */
  readonly distinct: number;
  /** Entropy of what was seen, in bits: at most log2 of the number of pictures. */
  readonly entropy: number;
}

/** A code and where it stands. */
export interface CommonCode {
  readonly code: number;
  /** How often, over all positions. */
  readonly count: number;
  /** Positions (from 1) where it stands, most frequent first. */
  readonly positions: readonly { readonly position: number; readonly count: number }[];
}

/** How a set of pictures uses a codebook. */
export interface CodeUsage {
  readonly pictures: number;
  readonly tokens: number;
  /** Different codes, at any position. */
  readonly used: number;
  /** How often each used code stands anywhere, most frequent first. */
  readonly ranks: Uint32Array;
  /** By position. */
  readonly positions: readonly PositionUsage[];
  readonly common: readonly CommonCode[];
}

/** Common codes that are listed with their positions. */
const LISTED = 12;

/**
 * Counts how pictures use a codebook. Entropies are those of the counts ("plug-in"), which are too small for few pictures.
 * @param rows the ids of every picture, all of one length
 */
export function codeUsage(rows: readonly Uint32Array[]): CodeUsage {
  const count = rows[0]?.length ?? 0;
  const total = new Map<number, number>();
  const positions: PositionUsage[] = [];
  for (let i = 0; i < count; i++) {
    const here = new Map<number, number>();
    for (const row of rows) here.set(row[i]!, (here.get(row[i]!) ?? 0) + 1);
    for (const [code, times] of here) total.set(code, (total.get(code) ?? 0) + times);
    positions.push({ distinct: here.size, entropy: entropyOf(here.values(), rows.length) });
  }
  const order = [...total].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return {
    pictures: rows.length,
    tokens: rows.length * count,
    used: order.length,
    ranks: Uint32Array.from(order, ([, times]) => times),
    positions,
    common: order.slice(0, LISTED).map(([code, times]) => ({
      code,
      count: times,
      positions: positionsOf(code, rows, count),
    })),
  };
}

function positionsOf(code: number, rows: readonly Uint32Array[], count: number) {
  const times = new Uint32Array(count);
  for (const row of rows) for (let i = 0; i < count; i++) if (row[i] === code) times[i]!++;
  return Array.from(times, (seen, i) => ({ position: i + 1, count: seen }))
    .filter((one) => one.count > 0)
    .sort((a, b) => b.count - a.count || a.position - b.position);
}

/** Shannon entropy in bits of counts that add up to `sum`. */
function entropyOf(counts: Iterable<number>, sum: number): number {
  let bits = 0;
  for (const times of counts) bits -= (times / sum) * Math.log2(times / sum);
  return Math.max(0, bits);
}
