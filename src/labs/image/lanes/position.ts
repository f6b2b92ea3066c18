import type { ImageFacts } from '../../../measures/image-facts';
import { formatBytes, formatSignificant } from '../../../ui/format';

/** What the lanes beside the lead follow: as many bytes, as many tokens, or the same quality. */
export type LinkedBy = 'bytes' | 'tokens' | 'quality';

/** What a lane's positions count. */
export interface Scale {
  readonly unit: 'token' | 'byte';
  /** Bits of one. */
  readonly bits: number;
  /** The largest position. */
  readonly count: number;
}

/** Where a lane stands. */
export interface Position {
  /** Tokens, or the bytes that a codec is asked for. */
  readonly k: number;
  /** What it takes: of a codec's lane the size of its file as soon as that is known. */
  readonly bytes: number;
  /** What is to be said of it: what it is for, or why it is not what was asked for. */
  readonly note?: string | undefined;
  /** A position that is to be measured, since it may be nearer. */
  readonly probe?: number;
}

/** A measured position. */
interface Point {
  readonly k: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** A lane, as far as it matters to where it stands. */
export interface Placed {
  readonly scale: Scale;
  /** By k, by the chosen measure where that is known. */
  readonly points: readonly (Point | undefined)[];
}

type Metric = Pick<ImageFacts, 'id' | 'unit' | 'better'>;

/** Bytes that k tokens take, or a file of k bytes. */
export function bytesAt(k: number, { bits }: Pick<Scale, 'bits'>): number {
  return Math.ceil((k * bits) / 8);
}

/**
 * Where a lane stands beside the lead.
 * @param k the lead's position
 */
export function followerPosition(
  by: LinkedBy,
  lead: Placed,
  k: number,
  lane: Placed,
  metric: Metric,
): Position {
  if (by === 'quality') return atQuality(lead, k, lane, metric);
  // A codec has no tokens: beside a number of them it stands at their bytes.
  if (by === 'tokens' && lane.scale.unit === 'token') return at(Math.min(k, lane.scale.count), lane.scale);
  return atBytes(lead, k, lane);
}

function atBytes(lead: Placed, k: number, { scale }: Placed): Position {
  const wanted = (k * lead.scale.bits) / scale.bits;
  return at(Math.min(scale.count, Math.max(1, Math.round(wanted))), scale);
}

function atQuality(lead: Placed, k: number, lane: Placed, metric: Metric): Position {
  const goal = lead.points[k]?.metrics[metric.id];
  const known = lane.points.flatMap((point) => {
    const value = point?.metrics[metric.id];
    return value === undefined || !Number.isFinite(value) ? [] : [{ k: point!.k, value }];
  });
  if (goal === undefined || known.length === 0) {
    return { ...atBytes(lead, k, lane), note: 'Not measured yet: at equal bytes.' };
  }
  const sign = metric.better === 'higher' ? 1 : -1;
  const index = known.findIndex(({ value }) => sign * (value - goal) >= 0);
  const [below, reached] = [known[index - 1], known[index]];
  const shown = (value: number) => `${formatSignificant(value)}${metric.unit && ` ${metric.unit}`}`;
  if (reached) {
    const position = at(reached.k, lane.scale);
    const size = amount(position, lane.scale);
    const [has, wants] = [shown(reached.value), shown(goal)];
    const gap = below ? reached.k - below.k : 0;
    const isFile = lane.scale.unit === 'byte';
    const how = isFile || gap <= 1 ? 'the nearest that reaches' : 'the nearest measured that reaches';
    const note =
      has === wants
        ? `${size} for ${wants}`
        : below
          ? `${size} for ${has}, ${how} ${wants}`
          : `${isFile ? `The smallest file, ${size},` : size} is already better: ${has}, beside ${wants}.`;
    // Files are made at some sizes only, until others are asked for; of tokens every number is decoded that can be.
    return {
      ...position,
      note,
      ...(isFile && gap > 1 ? { probe: Math.round((reached.k + below!.k) / 2) } : {}),
    };
  }
  const best = known.reduce((most, point) => (sign * (point.value - most.value) > 0 ? point : most));
  return { ...at(best.k, lane.scale), note: `Does not reach ${shown(goal)}: ${shown(best.value)} at most.` };
}

function at(k: number, scale: Scale): Position {
  return { k, bytes: bytesAt(k, scale) };
}

/** "32 tok · 64 B", "454 B". */
function amount({ k, bytes }: Position, { unit }: Scale): string {
  return unit === 'token' ? `${k} tok · ${formatBytes(bytes)}` : formatBytes(bytes);
}
