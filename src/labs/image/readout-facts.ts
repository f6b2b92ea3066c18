import { dearFacts, fitsSize } from '../../measures/image-facts';
import { formatSignificant } from '../../ui/format';
import type { Fact } from '../../views/picture/Facts';
import type { PlotMetric } from '../../views/plot/RatePlot';
import { useSignal } from '../../views/signal';
import type { Lane } from './lane';
import { usePoints } from './metrics';

/** A measure's value as a figure. @param unknown in its place where there is none */
export function factOf(
  { label, unit }: PlotMetric,
  value: number | undefined,
  unknown: Fact['value'] = null,
): Fact {
  if (value === undefined) return { label, value: unknown ?? '–' };
  return { label, value: formatSignificant(value), unit };
}

/** The values of the frame on screen. Those of a costly measure are known while it is the chosen one. */
export function useValues(lane: Lane): (metric: PlotMetric) => number | undefined {
  const frame = useSignal(lane.shown);
  const points = usePoints(lane);
  return ({ id }) => frame?.metrics[id] ?? points[frame?.k ?? 0]?.metrics[id];
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
