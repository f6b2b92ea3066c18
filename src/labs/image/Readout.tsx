import { dearFacts, fitsSize } from '../../measures/image-facts';
import { Button } from '../../ui/Button';
import { formatBytes, formatSignificant } from '../../ui/format';
import { Icon } from '../../ui/Icon';
import { type Fact, Facts } from '../../views/picture/Facts';
import type { PlotMetric } from '../../views/plot/RatePlot';
import { useSignal } from '../../views/signal';
import { useLab, useModel } from './lab-context';
import type { Lane } from './lane';
import { shownMetrics, useMetric, usePoints } from './metrics';
import styles from './Readout.module.css';

/** Rate and quality of the frame that a lane shows: the chosen measure large, the others on demand. */
export function Readout({ lane }: { readonly lane: Lane }) {
  const { moreFigures } = useLab();
  const more = useSignal(moreFigures);
  const frame = useSignal(lane.shown);
  const chosen = useMetric();
  const measured = useValues(lane);
  const tokenBits = useModel(lane)?.tokens.bits ?? 0;
  // A codec has no tokens: a frame's k is then the bytes of its file.
  const isFile = frame?.file !== undefined;
  const bits = isFile ? 8 : tokenBits;
  const perPixel = frame && (frame.k * bits) / (frame.width * frame.height);
  const reason = frame && measured(chosen) === undefined ? why(lane, chosen, true) : '';
  return (
    <div className={styles.readout}>
      <Facts
        facts={[
          { ...factOf(chosen, measured(chosen)), main: true },
          ...(isFile ? [] : [{ label: 'Tokens', value: frame ? String(frame.k) : '–' }]),
          { label: 'Size', value: frame ? formatBytes(Math.ceil((frame.k * bits) / 8)) : '–' },
        ]}
      />
      <Button
        size="sm"
        variant="quiet"
        className={styles.more}
        icon={<Icon name="down" size={14} />}
        aria-label="More figures"
        aria-expanded={more}
        onClick={() => moreFigures.set(!more)}
      />
      {reason ? <p className={styles.reason}>{reason}</p> : null}
      {more ? (
        <div className={styles.others}>
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
      ) : null}
    </div>
  );
}

function factOf({ label, unit }: PlotMetric, value: number | undefined, unknown: Fact['value'] = null): Fact {
  if (value === undefined) return { label, value: unknown ?? '–' };
  return { label, value: formatSignificant(value), unit };
}

/** The values of the frame on screen. Those of a costly measure are known while it is the chosen one. */
function useValues(lane: Lane): (metric: PlotMetric) => number | undefined {
  const frame = useSignal(lane.shown);
  const points = usePoints(lane);
  return ({ id }) => frame?.metrics[id] ?? points[frame?.k ?? 0]?.metrics[id];
}

/** Why there is no value, in a few words. */
function why(lane: Lane, { id, label }: PlotMetric, chosen: boolean): string {
  const picture = lane.opened.get();
  if (picture && !picture.original) return 'There is no original to measure against.';
  const dear = dearFacts.find((each) => each.id === id);
  if (dear?.size && picture && !fitsSize(dear, picture)) {
    return `${label} compares pictures of ${dear.size.width} × ${dear.size.height} only.`;
  }
  return dear && chosen ? 'It is being measured.' : '';
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
