import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { ImageMeasure } from '../../measures/image-measures';
import { formatBytes, formatSignificant } from '../../ui/format';
import type { Lane, Measured } from './lane';
import type { LabModel } from './models';
import styles from './QualityCurve.module.css';
import { useSignal } from './signal';

/** What one model's prefixes were measured at. */
export interface Curve {
  readonly lane: Lane;
  readonly model: LabModel;
  readonly points: readonly (Measured | undefined)[];
}

/** Undefined where the lane has no model. */
export function curveOf(lane: Lane, points: Curve['points'], model: LabModel | undefined): Curve | undefined {
  return model && { lane, model, points };
}

/** What the chart needs to know of a metric. */
export type ChartMetric = Omit<ImageMeasure, 'compute' | 'cost' | 'place'>;

const MARGIN = { top: 12, right: 14, bottom: 40, left: 40 };

export interface QualityChartProps {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly metric: ChartMetric;
  /** At most two: the first is drawn solid, the second dashed. */
  readonly curves: readonly Curve[];
}

/** A metric over bytes on a log scale, a line for each model, with the live prefix of each. */
export function QualityChart({ width, height, metric, curves }: QualityChartProps) {
  const known = curves.map(({ points }) =>
    points.filter((point): point is Measured => Number.isFinite(point?.metrics[metric.id])),
  );
  const values = known.flat().map((point) => point.metrics[metric.id]!);
  const x = scaleLog(span(curves), [MARGIN.left, width - MARGIN.right]).base(2);
  const y = scaleLinear(metric.range ?? around(values, metric.better), [height - MARGIN.bottom, MARGIN.top]);
  const xTicks = x.ticks(10).filter((_, i) => width > 420 || i % 2 === 0);
  const yTicks = y.ticks(5);
  const better = `${metric.better} is better`;
  const bytesOf = (curve: Curve, k: number) => (k * curve.model.tokens.bits) / 8;

  return (
    <svg width={width} height={height} role="img" aria-label={summarise(curves, known, metric, bytesOf)}>
      {yTicks.map((tick) => (
        <g key={tick} transform={`translate(0 ${y(tick)})`}>
          <line className={styles.grid} x1={MARGIN.left} x2={width - MARGIN.right} />
          <text className={styles.label} x={MARGIN.left - 8} dy="0.32em" textAnchor="end">
            {y.tickFormat(5)(tick)}
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
        {metric.unit ? `${metric.unit}, ${better}` : better}
      </text>
      {curves.map((curve, i) => {
        const path = line<Measured>(
          (point) => x(bytesOf(curve, point.k)),
          (point) => y(point.metrics[metric.id]!),
        )(known[i]!);
        return path ? (
          <path key={curve.model.id} className={styles.curve} data-second={i > 0 || undefined} d={path} />
        ) : null;
      })}
      {curves.length > 1 ? (
        <Legend
          curves={curves}
          top={
            metric.better === 'higher'
              ? MARGIN.top + 12
              : height - MARGIN.bottom - 12 - 20 * (curves.length - 1)
          }
        />
      ) : null}
      {curves.map((curve, i) => (
        <LivePoint
          key={curve.model.id}
          curve={curve}
          second={i > 0}
          metric={metric}
          x={(k) => x(bytesOf(curve, k))}
          y={y}
          bottom={height - MARGIN.bottom}
        />
      ))}
    </svg>
  );
}

/** Which line is whose, in the corner that rising (or falling) curves leave free. */
function Legend({ curves, top }: { readonly curves: readonly Curve[]; readonly top: number }) {
  return curves.map(({ model }, i) => (
    <g key={model.id} transform={`translate(${MARGIN.left + 12} ${top + i * 20})`}>
      <line className={styles.curve} data-second={i > 0 || undefined} x2="24" />
      <text className={styles.axis} x="32" dy="0.32em">
        {model.label}
      </text>
    </g>
  ));
}

interface LivePointProps {
  readonly curve: Curve;
  readonly second: boolean;
  readonly metric: ChartMetric;
  readonly x: (k: number) => number;
  readonly y: (value: number) => number;
  readonly bottom: number;
}

/** Renders by itself at every step; the curve behind it does not. */
function LivePoint({ curve, second, metric, x, y, bottom }: LivePointProps) {
  const frame = useSignal(curve.lane.shown);
  // What is measured later than its frame is shown lies with the points only.
  const value = frame?.metrics[metric.id] ?? curve.points[frame?.k ?? 0]?.metrics[metric.id];
  if (!frame || value === undefined || !Number.isFinite(value)) return null;
  return (
    <g transform={`translate(${x(frame.k)} 0)`}>
      {second ? null : <line className={styles.plumb} y1={y(value)} y2={bottom} />}
      <circle className={styles.point} data-second={second || undefined} cy={y(value)} r="5" />
    </g>
  );
}

/** Bytes from one token to all, over all models. */
function span(curves: readonly Curve[]): [number, number] {
  if (curves.length === 0) return [1, 2];
  return [
    Math.min(...curves.map(({ model }) => model.tokens.bits / 8)),
    Math.max(...curves.map(({ model }) => (model.tokens.count * model.tokens.bits) / 8)),
  ];
}

/** A little more than the values, and at least 4 units; from 0 where less is better. */
function around(values: readonly number[], better: ChartMetric['better']): [number, number] {
  if (better === 'lower') return [0, Math.max(1, Math.ceil(Math.max(...values)))];
  if (values.length === 0) return [10, 30];
  const low = Math.min(...values);
  const high = Math.max(...values);
  return [Math.floor(low - 0.5), Math.ceil(Math.max(high + 0.5, low + 4))];
}

function summarise(
  curves: readonly Curve[],
  known: readonly (readonly Measured[])[],
  metric: ChartMetric,
  bytesOf: (curve: Curve, k: number) => number,
): string {
  const words = curves.flatMap((curve, i) => {
    const first = known[i]?.[0];
    const last = known[i]?.at(-1);
    if (!first || !last) return [];
    const say = ({ k, metrics }: Measured) =>
      `${formatSignificant(metrics[metric.id]!)}${metric.unit && ` ${metric.unit}`} at ${formatBytes(bytesOf(curve, k))}`;
    const whose = curves.length > 1 ? `${curve.model.label}: ` : '';
    return [`${whose}${metric.label} from ${say(first)} to ${say(last)}`];
  });
  return words.join('; ') || 'Rate and quality curve, empty so far';
}
