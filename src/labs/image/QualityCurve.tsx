import { useEffect, useId, useRef, useState } from 'react';
import { dearMeasures, imageMeasures } from '../../measures/image-measures';
import { Segmented } from '../../ui/Segmented';
import { LearnedCurve } from './LearnedCurve';
import { firstLane, secondLane } from './lane';
import { type Curve, curveOf, QualityChart } from './QualityChart';
import styles from './QualityCurve.module.css';
import { useSignal } from './signal';
import { useKnowsTokens, useModel } from './store';

const METRICS = imageMeasures.map(({ id, label }) => ({ value: id, label }));

/** Quality of this very picture against its size, point by point as prefixes are decoded; the live one marked. */
export function QualityCurve() {
  const [metric, setMetric] = useState(METRICS[0]!.value);
  const title = useId();
  const picture = useSignal(firstLane.opened);
  const first = curveOf(firstLane, useSignal(firstLane.measured), useModel());
  const second = curveOf(secondLane, useSignal(secondLane.measured), useModel('second'));
  const known = useKnowsTokens();
  const curves = [first, second].filter((curve): curve is Curve => curve !== undefined);
  const learned = dearMeasures.find(({ id }) => id === metric);
  return (
    <section className={styles.panel} aria-labelledby={title}>
      <div className={styles.head}>
        <h2 id={title} className={styles.title}>
          Rate and quality
        </h2>
        <Segmented size="sm" label="Quality measure" options={METRICS} value={metric} onChange={setMetric} />
      </div>
      {picture && !picture.original ? (
        <p className={styles.empty}>Quality is measured against the original, which is not in this link.</p>
      ) : !known ? (
        <p className={styles.empty}>There is nothing to measure yet.</p>
      ) : (
        <Sized>
          {(size) =>
            learned ? (
              <LearnedCurve key={metric} {...size} metric={learned} curves={curves} />
            ) : (
              <QualityChart
                {...size}
                metric={imageMeasures.find(({ id }) => id === metric)!}
                curves={curves}
              />
            )
          }
        </Sized>
      )}
    </section>
  );
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Room for a drawing that needs to know its size in pixels. */
function Sized({ children }: { readonly children: (size: Size) => React.ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size>({ width: 440, height: 320 });
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      // A rectangle's fields are getters, which a spread would lose.
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
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
