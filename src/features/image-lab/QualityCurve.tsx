import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { useEffect, useId, useRef, useState } from 'react';
import { formatBytes, formatSignificant } from '../../ui/format';
import { Segmented } from '../../ui/Segmented';
import styles from './QualityCurve.module.css';
import { type Measured, measured, opened, shown } from './screen';
import { useSignal } from './signal';
import { useModel } from './store';

const METRICS = [
  { value: 'psnr', label: 'PSNR' },
  { value: 'ssim', label: 'SSIM' },
] as const;
type MetricId = (typeof METRICS)[number]['value'];

const MARGIN = { top: 12, right: 14, bottom: 40, left: 40 };

/** Quality of this very picture against its size, point by point as prefixes are decoded; the live one marked. */
export function QualityCurve() {
  const [metric, setMetric] = useState<MetricId>('psnr');
  const title = useId();
  const picture = useSignal(opened);
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
      ) : (
        <Chart metric={metric} />
      )}
    </section>
  );
}

function Chart({ metric }: { readonly metric: MetricId }) {
  const box = useRef<HTMLDivElement>(null);
  const [{ width, height }, setSize] = useState({ width: 440, height: 320 });
  const points = useSignal(measured);
  const { count, bits } = useModel()?.tokens ?? { count: 2, bits: 8 };

  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => entry && setSize(entry.contentRect));
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, []);

  const bytes = (k: number) => (k * bits) / 8;
  const known = points.filter((point): point is Measured => Number.isFinite(point?.metrics[metric]));
  const values = known.map((point) => point.metrics[metric]!);
  const x = scaleLog([bytes(1), bytes(count)], [MARGIN.left, width - MARGIN.right]).base(2);
  const y = scaleLinear(domain(values, metric), [height - MARGIN.bottom, MARGIN.top]);
  const path = line<Measured>(
    (point) => x(bytes(point.k)),
    (point) => y(point.metrics[metric]!),
  )(known);
  const xTicks = x.ticks(10).filter((_, i) => width > 420 || i % 2 === 0);
  const unit = metric === 'psnr' ? 'dB' : '';

  return (
    <div ref={box} className={styles.chart}>
      <svg width={width} height={height} role="img" aria-label={summarise(known, metric, bytes)}>
        {y.ticks(5).map((tick) => (
          <g key={tick} transform={`translate(0 ${y(tick)})`}>
            <line className={styles.grid} x1={MARGIN.left} x2={width - MARGIN.right} />
            <text className={styles.label} x={MARGIN.left - 8} dy="0.32em" textAnchor="end">
              {metric === 'ssim' ? tick.toFixed(1) : tick}
            </text>
          </g>
        ))}
        {xTicks.map((tick) => (
          <text
            key={tick}
            className={styles.label}
            x={x(tick)}
            y={height - MARGIN.bottom + 18}
            textAnchor="middle"
          >
            {tick}
          </text>
        ))}
        <text className={styles.axis} x={width - MARGIN.right} y={height - 4} textAnchor="end">
          bytes, log scale
        </text>
        <text className={styles.axis} x={0} y={height - 4}>
          {unit ? `${unit}, higher is better` : 'higher is better'}
        </text>
        {path ? <path className={styles.curve} d={path} /> : null}
        <LivePoint metric={metric} x={(k) => x(bytes(k))} y={y} bottom={height - MARGIN.bottom} />
      </svg>
    </div>
  );
}

interface LivePointProps {
  readonly metric: MetricId;
  readonly x: (k: number) => number;
  readonly y: (value: number) => number;
  readonly bottom: number;
}

/** Renders by itself at every step; the curve behind it does not. */
function LivePoint({ metric, x, y, bottom }: LivePointProps) {
  const frame = useSignal(shown);
  const value = frame?.metrics[metric];
  if (!frame || value === undefined || !Number.isFinite(value)) return null;
  return (
    <g transform={`translate(${x(frame.k)} 0)`}>
      <line className={styles.plumb} y1={y(value)} y2={bottom} />
      <circle className={styles.point} cy={y(value)} r="5" />
    </g>
  );
}

function domain(values: readonly number[], metric: MetricId): [number, number] {
  if (values.length === 0) return metric === 'psnr' ? [10, 30] : [0, 1];
  if (metric === 'ssim') return [Math.min(0, ...values), 1];
  const low = Math.min(...values);
  const high = Math.max(...values);
  return [Math.floor(low - 0.5), Math.ceil(Math.max(high + 0.5, low + 4))];
}

function summarise(points: readonly Measured[], metric: MetricId, bytes: (k: number) => number): string {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return 'Rate and quality curve, empty so far';
  const say = (point: Measured) =>
    `${formatSignificant(point.metrics[metric]!)}${metric === 'psnr' ? ' dB' : ''} at ${formatBytes(bytes(point.k))}`;
  return `${metric.toUpperCase()} from ${say(first)} to ${say(last)}`;
}
