/** A quality to reach. */
export interface QualityTarget {
  readonly better: 'higher' | 'lower';
  readonly value: number;
}

/** Whether a measured quality reaches a target; equal does. */
export function reaches(quality: number, { better, value }: QualityTarget): boolean {
  return better === 'higher' ? quality >= value : quality <= value;
}

/**
 * How a need was found.
 * - `scan`: every smaller k was decoded, and none reaches the target: exact for any curve.
 * - `bisection`: k reaches it and k - 1 does not, and no decoded prefix was worse than a shorter one: exact where that
 *   holds for those that were not decoded as well.
 */
export type NeedMethod = 'scan' | 'bisection';

/** How many tokens a picture needs. */
export interface Need {
  /** The smallest number of tokens whose reconstruction reaches the target; null where not even all of them do. */
  readonly k: number | null;
  /** The quality there; of all tokens where k is null. */
  readonly quality: number;
  readonly method: NeedMethod;
}

/** What is searched. */
export interface NeedSearch {
  /** K: how many tokens the picture has. */
  readonly count: number;
  /** Whether any prefix decodes; if not, all tokens are needed or none suffice. */
  readonly ordered: boolean;
  readonly target: QualityTarget;
  /** `scan` decodes every k from 1 up; `bisection` the ticks, then between the two that the target lies between. */
  readonly method: NeedMethod;
  /** Ascending, up to `count`: which prefixes bisection begins with. */
  readonly ticks: readonly number[];
  /** The quality of the first k tokens, 1..count. Called at most once for each k. */
  readonly qualityAt: (k: number) => Promise<number>;
}

/**
 * The smallest k whose reconstruction reaches the target. Bisection needs a curve that never gets worse; where a decoded
 * prefix shows that this one does, all smaller prefixes are scanned after all.
 * @throws what `qualityAt` throws
 */
export async function findNeed(search: NeedSearch): Promise<Need> {
  const { count, ordered, target } = search;
  const known = new Map<number, number>();
  const at = async (k: number): Promise<number> => {
    const quality = known.get(k) ?? (await search.qualityAt(k));
    known.set(k, quality);
    return quality;
  };
  const hits = async (k: number) => reaches(await at(k), target);
  const scan = async (most: number): Promise<Need> => {
    for (let k = ordered ? 1 : count; k <= most; k++) {
      if (await hits(k)) return { k, quality: await at(k), method: 'scan' };
    }
    return { k: null, quality: await at(count), method: 'scan' };
  };
  if (!ordered || search.method === 'scan') return scan(count);

  let misses = 0;
  let hit: number | null = null;
  for (const tick of search.ticks) {
    if (await hits(tick)) {
      hit = tick;
      break;
    }
    misses = tick;
  }
  while (hit !== null && hit - misses > 1) {
    const middle = (hit + misses) >> 1;
    if (await hits(middle)) hit = middle;
    else misses = middle;
  }
  const most = hit ?? count;
  if (!neverWorse(known, most, target)) return scan(most);
  return { k: hit, quality: await at(most), method: 'bisection' };
}

/** Whether, among the decoded prefixes up to `most`, none is worse than a shorter one. */
function neverWorse(known: ReadonlyMap<number, number>, most: number, { better }: QualityTarget): boolean {
  const order = [...known].filter(([k]) => k <= most).sort(([a], [b]) => a - b);
  return order.every(([, quality], i) => {
    const before = order[i - 1]?.[1];
    return before === undefined || (better === 'higher' ? quality >= before : quality <= before);
  });
}
