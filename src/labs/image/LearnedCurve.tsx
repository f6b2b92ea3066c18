import { useEffect, useState } from 'react';
import type { DearImageMeasure } from '../../measures/image-measures';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { DistanceWatch } from './distance';
import { secondLane } from './lane';
import { type Curve, QualityChart } from './QualityChart';
import styles from './QualityCurve.module.css';
import { signal, useSignal } from './signal';

export interface LearnedCurveProps {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly metric: DearImageMeasure;
  readonly curves: readonly Curve[];
}

const nothing = signal(null);

/** Quality by a learned measure, which is loaded now that it is asked for, at the slider's marks and where it stands. */
export function LearnedCurve({ width, height, metric, curves }: LearnedCurveProps) {
  const [watch, setWatch] = useState<DistanceWatch>();
  useEffect(() => {
    const fresh = new DistanceWatch(metric);
    setWatch(fresh);
    return () => fresh.dispose();
  }, [metric]);
  const distances = useSignal<ReturnType<DistanceWatch['distances']['get']> | null>(
    watch?.distances ?? nothing,
  );

  const fitting = curves.filter(({ model }) => fits(model.image, metric.size));
  if (fitting.length === 0 && metric.size) {
    const { width, height } = metric.size;
    return (
      <p className={styles.empty}>
        {metric.label} is learned on pictures of {width} × {height}; this model draws others.
      </p>
    );
  }
  const problem = distances?.problem;
  if (problem) {
    return (
      <Notice
        tone="error"
        title={problem.message}
        actions={
          <Button size="sm" onClick={() => watch?.retry()}>
            Try again
          </Button>
        }
      >
        {problem.hint}
      </Notice>
    );
  }
  const measured = fitting.map((curve) => ({
    ...curve,
    points: distances?.[curve.lane === secondLane ? 'second' : 'first'] ?? [],
  }));
  return (
    <>
      <QualityChart width={width} height={height} metric={metric} curves={measured} />
      <p className={styles.scale}>{metric.scale}</p>
    </>
  );
}

function fits(picture: { width: number; height: number }, size: DearImageMeasure['size']): boolean {
  return size === undefined || (picture.width === size.width && picture.height === size.height);
}
