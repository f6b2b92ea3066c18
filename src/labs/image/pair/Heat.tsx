import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { type ImageFacts, imageFacts } from '../../../measures/image-facts';
import { Notice } from '../../../ui/Notice';
import { Segmented } from '../../../ui/Segmented';
import { viridisGradient } from '../../../views/picture/viridis';
import { useMaybeSignal } from '../../../views/signal';
import type { Pair } from '../experiment';
import { useLab, useLabState } from '../lab-context';
import { HeatWatch, type Mapped, mappedOf } from './heat';
import styles from './Pair.module.css';
import { ZoomedCanvas } from './PairCanvas';

const MEASURES = imageFacts.map(({ id, label }) => ({ value: id, label }));

/** Where the chosen measure finds errors; the legend goes below the picture. */
export function useHeat(
  pair: Pair,
  active: boolean,
): { readonly body: ReactNode; readonly legend: ReactNode } {
  const lab = useLab();
  const lanes = useLabState((state) => state.lanes);
  const metric = useLabState((state) => state.metric);
  const [left, right] = pair;
  const measure = imageFacts.find(({ id }) => id === metric);
  const mapped = measure && mappedOf(measure);
  const [watch, setWatch] = useState<HeatWatch>();
  useEffect(() => {
    if (!active || !mapped) return;
    const mine = new HeatWatch(mapped, lanes, [left, right], () => lab.heatMaps());
    setWatch(mine);
    return () => {
      mine.dispose();
      setWatch(undefined);
    };
  }, [active, mapped, lanes, left, right, lab]);
  const problem = useMaybeSignal(watch?.problem);
  const drawing = useMemo(
    () => watch && { sources: [watch.drawn], picture: () => watch.drawn.get() },
    [watch],
  );
  if (!active) return { body: null, legend: null };
  return {
    body:
      measure && !mapped ? (
        <p className={styles.missing}>
          {measure.label} compares whole pictures and has no local values. Choose another measure below.
        </p>
      ) : drawing ? (
        <ZoomedCanvas {...drawing} />
      ) : null,
    legend: (
      <>
        <Segmented
          size="sm"
          label="Measure of the heat map"
          options={MEASURES}
          value={metric}
          onChange={(id) => lab.session.setMetric(id)}
        />
        {measure && mapped ? <Legend measure={measure} mapped={mapped} /> : null}
        {problem ? (
          <Notice tone="error" title={problem.message}>
            {problem.hint}
          </Notice>
        ) : null}
      </>
    ),
  };
}

function Legend({ measure, mapped }: { readonly measure: ImageFacts; readonly mapped: Mapped }) {
  const { best, worst, label, note } = mapped.map;
  const middle = (best + worst) / 2;
  const end = measure.range ? '' : best > worst ? ['or more', 'or less'] : ['or less', 'or more'];
  return (
    <div className={styles.legend}>
      <p className={styles.legendTitle}>{label}</p>
      <div className={styles.scale} style={{ background: viridisGradient('to right') }} />
      <p className={styles.ends}>
        <span>
          {best} {measure.unit} {end[0]}
        </span>
        <span>
          {middle} {measure.unit}
        </span>
        <span>
          {worst} {measure.unit} {end[1]}
        </span>
      </p>
      <p className={styles.note}>Dark where both agree, bright where they differ most. {note}</p>
    </div>
  );
}
