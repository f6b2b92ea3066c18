import { lazy, Suspense, useEffect, useId, useMemo, useRef, useState } from 'react';
import { dearFacts, fitsSize } from '../../measures/image-facts';
import { Icon } from '../../ui/Icon';
import { Notice } from '../../ui/Notice';
import { Segmented } from '../../ui/Segmented';
import { Later } from '../../views/Later';
import type { PlotCurve, PlotMetric, SliderAbove } from '../../views/plot/RatePlot';
import type { PlotAxis, PlotReference } from '../../views/plot/ReferenceLines';
import { useMaybeSignal, useSignal, useSignals } from '../../views/signal';
import { tokenScale } from '../../views/tokens/token-scale';
import { useLab, useLabState, useLead, useModelIds, useSettings, useTokenCount } from './lab-context';
import { shownMetrics, useAllPoints, useMetric } from './metrics';
import styles from './QualityCurve.module.css';

/** The scales are a larger download than the rest of the lab, so picture and slider do not wait for them. */
const RatePlot = lazy(async () => ({ default: (await import('../../views/plot/RatePlot')).RatePlot }));

const loadReferences = async () => (await import('./curve/References')).References;

const METRICS = shownMetrics.map(({ id, label }) => ({ value: id, label }));

/** Quality of this picture against its size; points appear as prefixes are decoded, the current one is marked. */
export function QualityCurve() {
  const { session, host } = useLab();
  const isFolded = useSettings(({ foldChart }) => foldChart === true);
  const body = useId();
  const metric = useMetric();
  const [axis, setAxis] = useAxis();
  const title = useId();
  const picture = useSignal(useLead().opened);
  const known = useTokenCount() !== undefined;
  return (
    <section className={styles.panel} aria-labelledby={title}>
      <div className={styles.head}>
        <h2 id={title} className={styles.title}>
          <button
            type="button"
            className={styles.fold}
            aria-expanded={!isFolded}
            aria-controls={isFolded ? undefined : body}
            onClick={() => host.settings.setState({ foldChart: !isFolded })}
          >
            <Icon name={isFolded ? 'right' : 'down'} size={14} />
            Rate and quality
          </button>
        </h2>
        <Segmented size="sm" label="Drawn over" options={AXES} value={axis} onChange={setAxis} />
        <Segmented
          size="sm"
          label="Quality measure"
          options={METRICS}
          value={metric.id}
          onChange={(id) => session.setMetric(id)}
        />
      </div>
      {isFolded ? null : (
        <div id={body}>
          {picture && !picture.original ? (
            <p className={styles.empty}>
              Quality is measured against the original, which is not in this link.
            </p>
          ) : !known ? (
            <p className={styles.empty}>There is nothing to measure yet.</p>
          ) : (
            <Measured metric={metric} axis={axis} />
          )}
        </div>
      )}
    </section>
  );
}

/** The plot, or why a learned measure has none. */
function Measured({ metric, axis }: { readonly metric: PlotMetric; readonly axis: PlotAxis }) {
  const { models, distances } = useLab();
  const watch = useSignal(distances);
  const problem = useMaybeSignal(watch?.distances)?.problem;
  const ids = useModelIds();
  const [isOpen, setOpen] = useState(false);
  const [references, setReferences] = useState<readonly PlotReference[]>([]);
  const opened = useSignal(useLead().opened);
  const width = opened?.width ?? 128;
  const dear = dearFacts.find(({ id }) => id === metric.id);
  const isMeasured = (id: string) => {
    // A codec draws the pictures that the lead sees.
    const image = models.find(id)?.image ?? (models.codec(id) && opened);
    return !dear || (image ? fitsSize(dear, image) : false);
  };
  if (dear?.size && !ids.some(isMeasured)) {
    return (
      <p className={styles.empty}>
        {dear.label} is learned on pictures of {dear.size.width} × {dear.size.height}; this model draws
        others.
      </p>
    );
  }
  if (dear && problem) {
    return (
      <Notice tone="error" title={problem.message} onRetry={() => watch?.retry()}>
        {problem.hint}
      </Notice>
    );
  }
  return (
    <>
      <Sized>
        {(size) => (
          <>
            <Curves {...size} metric={metric} isMeasured={isMeasured} axis={axis} references={references} />
            {dear ? <p className={styles.scale}>{dear.scale}</p> : null}
          </>
        )}
      </Sized>
      <details className={styles.references} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>Reference curves</summary>
        {isOpen ? (
          <Later load={loadReferences} props={{ metric, size: width, onShow: setReferences }} />
        ) : null}
      </details>
    </>
  );
}

const AXES = [
  { value: 'bytes', label: 'Bytes' },
  { value: 'tokens', label: 'Tokens' },
] as const satisfies readonly { value: PlotAxis; label: string }[];

/** Over bytes where tokens differ in size or a lane has none, over tokens otherwise; or as it was chosen. */
function useAxis(): [PlotAxis, (axis: PlotAxis) => void] {
  const { models } = useLab();
  const bits = useModelIds().map((id) => models.find(id)?.tokens.bits);
  const [chosen, setChosen] = useState<PlotAxis | null>(null);
  return [chosen ?? (new Set(bits).size > 1 || bits.includes(undefined) ? 'bytes' : 'tokens'), setChosen];
}

interface CurvesProps extends Size {
  readonly metric: PlotMetric;
  /** Whether the metric takes a model's pictures. */
  readonly isMeasured: (model: string) => boolean;
  readonly axis: PlotAxis;
  readonly references: readonly PlotReference[];
}

function Curves({ width, height, inset, metric, isMeasured, axis, references }: CurvesProps) {
  const { models, session } = useLab();
  const count = useTokenCount();
  const ids = useModelIds();
  const lanes = useLabState((state) => state.lanes);
  const points = useAllPoints(lanes);
  const opened = useSignals(useMemo(() => lanes.map((lane) => lane.opened), [lanes]));
  const curves = lanes.flatMap((lane, i): PlotCurve[] => {
    // The points are of the picture that is open, also while another model loads.
    const id = opened[i]?.model ?? ids[i]!;
    const tokens = models.find(id)?.tokens;
    if (!isMeasured(id) || !(tokens || models.codec(id))) return [];
    const common = { id: String(i), label: models.label(id), points: points[i]!, live: lane.shown };
    return [tokens ? { ...common, tokens } : { ...common, tokens: { count: 1, bits: 8 }, isFile: true }];
  });
  const lead = opened[0]?.model ?? ids[0]!;
  const bits = models.find(lead)?.tokens.bits;
  const slider = useMemo((): { slider?: SliderAbove } => {
    if (count === undefined || bits === undefined) return {};
    return { slider: { scale: tokenScale(count), bits, inset, onPick: (k) => session.setK(k) } };
  }, [count, bits, inset, session]);
  return (
    <Suspense>
      <RatePlot
        width={width}
        height={height}
        metric={metric}
        curves={curves}
        axis={axis}
        references={references}
        {...slider}
      />
    </Suspense>
  );
}

interface Size {
  readonly width: number;
  readonly height: number;
  /** At the sides of what stands under the slider. */
  readonly inset: number;
}

/** Room for a drawing that needs to know its size in pixels. */
function Sized({ children }: { readonly children: (size: Size) => React.ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size>({ width: 440, height: 168, inset: 40 });
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      // A rectangle's fields are getters, which a spread would lose.
      if (!entry) return;
      const { width, height } = entry.contentRect;
      const inset = Number.parseFloat(getComputedStyle(entry.target).getPropertyValue('--scale-inset'));
      setSize({ width, height, inset });
    });
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={box} className={styles.chart}>
      {children(size)}
    </div>
  );
}
