import { useEffect, useRef } from 'react';
import { dearFacts } from '../../measures/image-facts';
import { Button } from '../../ui/Button';
import { formatSignificant } from '../../ui/format';
import { reveal } from '../../ui/reveal';
import { Facts } from '../../views/picture/Facts';
import type { PlotMetric } from '../../views/plot/RatePlot';
import { useSignal } from '../../views/signal';
import { useLab } from './lab-context';
import type { Lane } from './lane';
import { shownMetrics, useMetric } from './metrics';
import styles from './Readout.module.css';
import { factOf, useValues, weightOf, why } from './readout-facts';

export interface MoreFiguresProps {
  readonly lane: Lane;
  /** Whether they were asked for at this lane: they scroll into view once. */
  readonly asked: boolean;
}

/** The figures of the frame that a lane shows, but for those that are always there. */
export function MoreFigures({ lane, asked }: MoreFiguresProps) {
  const frame = useSignal(lane.shown);
  const chosen = useMetric();
  const measured = useValues(lane);
  const perPixel = weightOf(lane, useLab().models)?.bitsPerPixel;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (asked) reveal(box.current);
  }, [asked]);
  return (
    <div ref={box} className={styles.others}>
      <Facts
        facts={[
          { label: 'Bits/px', value: perPixel ? formatSignificant(perPixel) : '–' },
          ...shownMetrics
            .filter(({ id }) => id !== chosen.id)
            .map((metric) =>
              factOf(metric, measured(metric), frame ? <Unknown lane={lane} metric={metric} /> : null),
            ),
        ]}
      />
    </div>
  );
}

/** In the place of a value: a way to get it, or a dash. */
function Unknown({ lane, metric }: { readonly lane: Lane; readonly metric: PlotMetric }) {
  const { session } = useLab();
  const reason = why(lane, metric, false);
  if (reason || !dearFacts.some(({ id }) => id === metric.id)) return <span title={reason}>–</span>;
  return (
    <Button
      size="sm"
      aria-label={`Measure ${metric.label}`}
      className={styles.measure}
      onClick={() => session.setMetric(metric.id)}
    >
      Measure
    </Button>
  );
}
