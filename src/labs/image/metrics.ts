import { useEffect, useMemo } from 'react';
import { dearFacts, imageFacts } from '../../measures/image-facts';
import type { PlotMetric } from '../../views/plot/RatePlot';
import { useMaybeSignal, useSignal, useSignals } from '../../views/signal';
import type { DistanceWatch } from './distance';
import { useLab, useLabState } from './lab-context';
import type { Lane } from './lane';
import type { Measured } from './lanes/measured';

type Points = readonly (Measured | undefined)[];

/** Every metric that can be chosen, in the order of lists. */
export const shownMetrics: readonly PlotMetric[] = imageFacts;

/** The metric that the chart, the filmstrip and the figures show. */
export function useMetric(): PlotMetric {
  return useLabState(({ metric }) => shownMetrics.find(({ id }) => id === metric) ?? shownMetrics[0]!);
}

/** The measured values of a lane's prefixes, by k; those of the chosen metric as far as they are known. */
export function usePoints(lane: Lane): Points {
  const lanes = useMemo(() => [lane], [lane]);
  return useAllPoints(lanes)[0]!;
}

/** The same of several lanes. */
export function useAllPoints(lanes: readonly Lane[]): readonly Points[] {
  const metric = useMetric();
  const measured = useSignals(useMemo(() => lanes.map((lane) => lane.measured), [lanes]));
  const distances = useMaybeSignal(useSignal(useLab().distances)?.distances);
  return isDear(metric) ? lanes.map((lane) => distances?.points.get(lane) ?? []) : measured;
}

function isDear({ id }: Pick<PlotMetric, 'id'>): boolean {
  return dearFacts.some((dear) => dear.id === id);
}

/** Measures by the chosen costly measure, which is loaded only now. */
export function useDistanceWatch(): void {
  const lab = useLab();
  const metric = useLabState((state) => state.metric);
  const lanes = useLabState((state) => state.lanes);
  useEffect(() => {
    const dear = dearFacts.find(({ id }) => id === metric);
    if (!dear) return;
    let watch: DistanceWatch | undefined;
    let isWanted = true;
    import('./distance').then(
      ({ DistanceWatch }) => {
        if (!isWanted) return;
        watch = new DistanceWatch(dear, lanes, lab.distanceTools);
        lab.distances.set(watch);
      },
      () =>
        isWanted &&
        lab.session.refuse(
          `${dear.label} could not be loaded.`,
          'Reload the page, or choose another measure.',
        ),
    );
    return () => {
      isWanted = false;
      watch?.dispose();
      lab.distances.set(null);
    };
  }, [lab, metric, lanes]);
}
