import { throwIfAborted } from '../../../core/errors';
import { findNeed, type Need, type NeedMethod } from '../../../core/image/need';
import { prefixTicks } from '../../../engine/image/prefix-player';
import type { DistanceTools } from '../distance';
import type { Lane } from '../lane';
import type { NeedQuestion } from './need-model';
import { measureOf } from './protocol';

/** What a search of one picture needs. */
export interface LaneSearch {
  readonly lane: Lane;
  readonly ordered: boolean;
  readonly question: NeedQuestion;
  readonly method: NeedMethod;
  readonly tools: DistanceTools;
  readonly signal: AbortSignal;
  /** Told of every measured prefix. */
  readonly onPoint: (k: number, quality: number) => void;
}

/**
 * How many tokens the picture on screen needs by one lane's model. What the lane has decoded or measured is not done again.
 * @throws TokenoscopeError `aborted` where another picture took its place, and what decoding throws
 */
export async function searchLane(search: LaneSearch): Promise<Need> {
  const { lane, ordered, question, method, tools, signal, onPoint } = search;
  const { better, value } = question;
  const count = lane.opened.get()?.ids.length ?? 0;
  return await findNeed({
    count,
    ordered,
    target: { better, value },
    method,
    ticks: prefixTicks(count),
    async qualityAt(k) {
      throwIfAborted(signal);
      const quality = await qualityOf(lane, k, question, tools, signal);
      throwIfAborted(signal);
      onPoint(k, quality);
      return quality;
    },
  });
}

async function qualityOf(
  lane: Lane,
  k: number,
  { measure: id }: NeedQuestion,
  { measuring, known }: DistanceTools,
  signal: AbortSignal,
): Promise<number> {
  const measure = measureOf(id);
  const frame = await lane.frame(k);
  if (measure.cost === 'cheap') return frame.metrics[id]!;
  const values = known.get(id) ?? new WeakMap();
  known.set(id, values);
  const before = values.get(frame);
  if (typeof before === 'number') return before;
  const original = lane.opened.get()!.original!;
  const pair = { width: frame.width, height: frame.height, a: original, b: frame.rgba };
  const value = await measuring().measure(id, pair, { signal });
  values.set(frame, value);
  return value ?? Number.NaN;
}

/** Frames of up to this much arithmetic take a few milliseconds anywhere. */
const QUICK_MFLOP = 100;

/** How a picture on screen is searched: exactly where that is quick. */
export function methodFor(decodeMflop: number | undefined, dear: boolean): NeedMethod {
  return !dear && decodeMflop !== undefined && decodeMflop <= QUICK_MFLOP ? 'scan' : 'bisection';
}
