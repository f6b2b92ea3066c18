import { CODEC_FILE_LIMIT } from '../../../core/link/limits';
import type { LaneExperiment } from '../experiment';
import type { Lane } from '../lane';
import { type ImageSource, isSecondHand, type Sent } from '../source';

type Traveling = Pick<LaneExperiment, 'file' | 'figure' | 'secondHand'>;

/** Digits of a figure that a link carries. */
const DIGITS = 4;

/**
 * What of a lane travels beside its tokens: a codec's file, and a figure by the chosen measure.
 * @param at which of the lanes it is
 * @param source of a picture that travels as its tokens
 */
export function sentOf(
  lanes: readonly Lane[],
  at: number,
  source: ImageSource,
  { k, metric }: { readonly k: number; readonly metric: string },
): Traveling {
  const lane = lanes[at]!;
  const picture = lane.opened.get();
  if (source.kind === 'tokens' && !picture?.original) {
    const sent = sentTo(lanes, at, source);
    const { file, figure } = sent ?? {};
    const isSame = source.sent?.k === k && source.sent.metric === metric;
    const isOwn = picture?.model === lane.model;
    return {
      ...(picture && isOwn && isSecondHand(picture) ? { secondHand: true } : {}),
      ...(file ? { file } : {}),
      ...(isSame && figure !== undefined ? { figure } : {}),
    };
  }
  // Until its frame is there, what is on screen is of another position.
  const frame = lane.awaited.get() === null ? lane.shown.get() : null;
  if (!frame) return {};
  const file = frame.file?.bytes;
  const figure = frame.metrics[metric];
  return {
    ...(file && file.length <= CODEC_FILE_LIMIT ? { file } : {}),
    ...(figure !== undefined && Number.isFinite(figure)
      ? { figure: Number(figure.toPrecision(DIGITS)) }
      : {}),
  };
}

/** What a link said of a lane: of the first lane of a model what it said of that model's first, and so on. */
export function sentTo(
  lanes: readonly Pick<Lane, 'model'>[],
  at: number,
  source: ImageSource | null,
): Sent['lanes'][number] | undefined {
  if (source?.kind !== 'tokens') return undefined;
  const { model } = lanes[at]!;
  const before = lanes.slice(0, at).filter((lane) => lane.model === model).length;
  return source.sent?.lanes.filter((lane) => lane.model === model)[before];
}
