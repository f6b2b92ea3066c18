import { dearFacts, fitsSize } from '../../measures/image-facts';
import { formatSignificant } from '../../ui/format';
import type { Fact } from '../../views/picture/Facts';
import type { PlotMetric } from '../../views/plot/RatePlot';
import { useSignal } from '../../views/signal';
import type { Lane } from './lane';
import { usePoints } from './metrics';
import type { LabModels } from './models';

/** A measure's value as a figure. @param unknown in its place where there is none */
export function factOf(
  { label, unit }: PlotMetric,
  value: number | undefined,
  unknown: Fact['value'] = null,
): Fact {
  if (value === undefined) return { label, value: unknown ?? '–' };
  return { label, value: formatSignificant(value), unit };
}

/** What a lane's frame weighs. */
export interface Weight {
  /** How many tokens it was drawn from; absent where a codec made it, which has none. */
  readonly tokens?: number;
  readonly bytes: number;
  readonly bitsPerPixel: number;
}

/** What the frame on screen weighs, by the model that drew it; undefined where there is none. */
export function weightOf(
  { shown, shownOf }: ShownParts,
  models: Pick<LabModels, 'find'>,
): Weight | undefined {
  const frame = shown.get();
  if (!frame) return undefined;
  // A codec's position is the bytes of its file.
  const bits = frame.file ? 8 : (models.find(shownOf.get()?.model ?? '')?.tokens.bits ?? 0);
  return {
    ...(frame.file ? {} : { tokens: frame.k }),
    bytes: Math.ceil((frame.k * bits) / 8),
    bitsPerPixel: (frame.k * bits) / (frame.width * frame.height),
  };
}

type ShownParts = Pick<Lane, 'shown' | 'shownOf'>;

/** The values of the frame on screen. Those of a costly measure are known while it is the chosen one. */
export function useValues(lane: Lane): (metric: PlotMetric) => number | undefined {
  const frame = useSignal(lane.shown);
  const opened = useSignal(lane.opened);
  const points = usePoints(lane);
  // Points are of the picture that is open: another one may still be on screen.
  const point = opened === lane.shownOf.get() ? points[frame?.k ?? 0] : undefined;
  return ({ id }) => frame?.metrics[id] ?? point?.metrics[id];
}

/** Why there is no value, in a few words. @param chosen whether it is what is measured now */
export function why(lane: Lane, { id, label }: PlotMetric, chosen: boolean): string {
  const picture = lane.opened.get();
  if (picture && !picture.original) return 'There is no original to measure against.';
  const dear = dearFacts.find((each) => each.id === id);
  if (dear?.size && picture && !fitsSize(dear, picture)) {
    return `${label} compares pictures of ${dear.size.width} × ${dear.size.height} only.`;
  }
  return dear && chosen ? 'It is being measured.' : '';
}
