import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { ImageFacts } from '../../measures/image-facts';
import { formatBytes, formatSignificant } from '../../ui/format';
import { useHorizontalDrag } from '../../ui/horizontal-drag';
import type { LogScale } from '../../ui/log-scale';
import { type Signal, useSignal } from '../signal';
import axes from './axes.module.css';
import { domainOf } from './domain';
import styles from './RatePlot.module.css';
import { type PlotAxis, type PlotReference, ReferenceLines, referencePoints } from './ReferenceLines';

/** A prefix of a picture's tokens, with its measured values. */
export interface PlotPoint {
  readonly k: number;
  /** By metric id. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** The measured values of one model's prefixes. */
export interface PlotCurve {
  readonly id: string;
  readonly label: string;
  /** By k; index 0 is unused. */
  readonly points: readonly (PlotPoint | undefined)[];
  /** Of the model; of a codec, whose positions are the bytes of its files, 8 bits each. */
  readonly tokens: { readonly count: number; readonly bits: number };
  /** Whether positions are the bytes of files. */
  readonly isFile?: boolean;
  /** What is on screen. */
  readonly live: Signal<PlotPoint | null>;
}

/** What the plot needs to know of a metric. */
export type PlotMetric = Omit<ImageFacts, 'compute' | 'cost' | 'place'>;

const MARGIN = { top: 10, right: 14, bottom: 36, left: 40 };

/** Left of the plot there is room for the values of the y axis from here on; else they are within. */
const LABELS = 32;

/** How far a curve may run out of the slider's track at its sides, in pixels. */
const OVERHANG = 12;

/** The smallest moves that can be aimed at, in CSS pixels. */
const FINGER = 4;
const MOUSE = 0.75;

/** The slider that a plot stands under: as far as its curves allow, tokens are at the same places in both. */
export interface SliderAbove {
  readonly scale: LogScale;
  /** Of one of its tokens. */
  readonly bits: number;
  /** Pixels left and right of its track. */
  readonly inset: number;
  /** Called with the number of tokens at a place that is clicked, or dragged to. */
  readonly onPick: (k: number) => void;
}

export interface RatePlotProps {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly metric: PlotMetric;
  /** The first is drawn solid, the others dashed. */
  readonly curves: readonly PlotCurve[];
  readonly slider?: SliderAbove;
  /** What the plot is drawn over; `bytes` by default. Codecs have no tokens and are left out over these. */
  readonly axis?: PlotAxis;
  /** Drawn behind the curves. */
  readonly references?: readonly PlotReference[];
}

/** A metric over bytes or tokens on a log scale, a line for each model, with the live prefix of each. */
export function RatePlot({
  width,
  height,
  metric,
  curves: given,
  slider: above,
  axis = 'bytes',
  references = [],
}: RatePlotProps) {
  const { curves, slider } = axis === 'bytes' ? { curves: given, slider: above } : overTokens(given, above);
  const behind = references.map((reference) => referencePoints(reference, axis));
  const known = curves.map((curve) => measuredOf(curve, metric));
  const values = [
    ...known.flat().map((point) => point.metrics[metric.id]!),
    ...behind.flat().map((point) => point.value),
  ];
  const left = slider?.inset ?? MARGIN.left;
  const right = slider?.inset ?? MARGIN.right;
  const { x, marks } = xAxis(
    span(
      curves,
      known,
      behind.flat().map((point) => point.at),
    ),
    slider,
    [left, width - right],
  );
  const y = scaleLinear(domainOf(metric, values), [height - MARGIN.bottom, MARGIN.top]);
  const xTicks = marks.filter((_, i) => width > 420 || (marks.length - i) % 2 === 1);
  const yTicks = y.ticks(height < 200 ? 4 : 5);
  const isWithin = left < LABELS;
  const better = `${metric.better} is better`;
  const bytesOf = ({ tokens }: PlotCurve, k: number) => (k * tokens.bits) / 8;
  const drag = useHorizontalDrag({
    onMove: ({ clientX, pointerType, currentTarget }) => {
      if (!slider) return;
      const { scale, bits, onPick } = slider;
      const bytes = x.invert(clientX - currentTarget.getBoundingClientRect().left);
      const track = x((scale.max * bits) / 8) - x((scale.min * bits) / 8);
      const grain = (pointerType === 'touch' ? FINGER : MOUSE) / track;
      onPick(scale.valueAt(scale.shareOf((bytes * 8) / bits), grain));
    },
  });

  return (
    <svg
      width={width}
      height={height}
      role="img"
      aria-label={summarise(given, metric)}
      {...(slider ? { ...drag, className: styles.picking } : {})}
    >
      {yTicks.map((tick) => (
        <g key={tick} transform={`translate(0 ${y(tick)})`}>
          <line className={axes.grid} x1={left} x2={width - right} />
          <text
            className={axes.label}
            x={isWithin ? left : left - 8}
            dy={isWithin ? '-0.3em' : '0.32em'}
            textAnchor={isWithin ? 'start' : 'end'}
          >
            {y.tickFormat(5)(tick)}
          </text>
        </g>
      ))}
      {xTicks.map((tick) => (
        <text
          key={tick}
          className={axes.label}
          x={x(tick)}
          y={height - MARGIN.bottom + 16}
          textAnchor="middle"
        >
          {Number(tick.toPrecision(3))}
        </text>
      ))}
      <text className={axes.axis} x={width - right} y={height - 2} textAnchor="end">
        {axis}, log scale
      </text>
      <text className={axes.axis} x={isWithin ? left : 0} y={height - 2}>
        {metric.unit ? `${metric.unit}, ${better}` : better}
      </text>
      <ReferenceLines references={references} axis={axis} x={x} y={y} />
      {curves.map((curve, i) => {
        const path = line<PlotPoint>(
          (point) => x(bytesOf(curve, point.k)),
          (point) => y(point.metrics[metric.id]!),
        )(known[i]!);
        return path ? <path key={curve.id} className={styles.curve} data-line={lineOf(i)} d={path} /> : null;
      })}
      {curves.length > 1 ? (
        <Legend
          curves={curves}
          left={left + 12}
          top={
            metric.better === 'higher'
              ? MARGIN.top + 12
              : height - MARGIN.bottom - 12 - 18 * (curves.length - 1)
          }
        />
      ) : null}
      {curves.map((curve, i) => (
        <LivePoint
          key={curve.id}
          curve={curve}
          line={lineOf(i)}
          metric={metric}
          x={(k) => x(bytesOf(curve, k))}
          y={y}
          bottom={height - MARGIN.bottom}
        />
      ))}
    </svg>
  );
}

/** Undefined for the solid line; then by the pattern of dashes. */
function lineOf(at: number): number | undefined {
  return at === 0 ? undefined : ((at - 1) % 3) + 1;
}

/** The legend, in the corner that rising (or falling) curves leave free. */
function Legend({
  curves,
  left,
  top,
}: {
  readonly curves: readonly PlotCurve[];
  readonly left: number;
  readonly top: number;
}) {
  return curves.map(({ id, label }, i) => (
    <g key={id} transform={`translate(${left} ${top + i * 18})`}>
      <line className={styles.curve} data-line={lineOf(i)} x2="24" />
      <text className={axes.axis} x="32" dy="0.32em">
        {label}
      </text>
    </g>
  ));
}

interface LivePointProps {
  readonly curve: PlotCurve;
  readonly line: number | undefined;
  readonly metric: PlotMetric;
  readonly x: (k: number) => number;
  readonly y: (value: number) => number;
  readonly bottom: number;
}

/** Renders at every step; the curve behind it does not. */
function LivePoint({ curve, line: pattern, metric, x, y, bottom }: LivePointProps) {
  const frame = useSignal(curve.live);
  // Values measured after the frame was shown are only in the points.
  const value = frame?.metrics[metric.id] ?? curve.points[frame?.k ?? 0]?.metrics[metric.id];
  if (!frame || value === undefined || !Number.isFinite(value)) return null;
  return (
    <g transform={`translate(${x(frame.k)} 0)`}>
      {pattern ? null : <line className={axes.plumb} y1={y(value)} y2={bottom} />}
      <circle className={styles.point} data-line={pattern} cy={y(value)} r="5" />
    </g>
  );
}

/** Bytes along the plot, where to label them, and the way back to the slider's tokens. */
function xAxis(
  [least, most]: readonly [number, number],
  slider: SliderAbove | undefined,
  range: readonly [number, number],
) {
  if (slider) {
    const { scale, bits } = slider;
    const bytes = (k: number) => (k * bits) / 8;
    const same = scaleLog([bytes(scale.min), bytes(scale.max)], range).base(2);
    if (same(least) >= range[0] - OVERHANG && same(most) <= range[1] + OVERHANG) {
      return { x: same, marks: scale.marks.map(bytes) };
    }
  }
  const x = scaleLog([least, most], range).base(2);
  return { x, marks: x.ticks(10) };
}

/** From one token to all, over all models; of codecs, the files that are measured; and what else is drawn. */
function span(
  curves: readonly PlotCurve[],
  known: readonly (readonly PlotPoint[])[],
  others: readonly number[],
): [number, number] {
  const ends = curves.flatMap(({ tokens: { count, bits }, isFile }, i) =>
    isFile ? (known[i] ?? []).map(({ k }) => k) : [bits / 8, (count * bits) / 8],
  );
  const all = [...ends, ...others];
  return all.length === 0 ? [1, 2] : [Math.min(...all), Math.max(...all)];
}

/** The same in tokens: as if each took a byte. */
function overTokens(curves: readonly PlotCurve[], slider: SliderAbove | undefined) {
  return {
    curves: curves.flatMap((curve) =>
      curve.isFile ? [] : [{ ...curve, tokens: { ...curve.tokens, bits: 8 } }],
    ),
    slider: slider && { ...slider, bits: 8 },
  };
}

/** The points of a curve that are known by a metric. */
function measuredOf({ points }: PlotCurve, { id }: PlotMetric): PlotPoint[] {
  return points.filter((point): point is PlotPoint => Number.isFinite(point?.metrics[id]));
}

/** The curves in words: in bytes, whatever they are drawn over. */
function summarise(curves: readonly PlotCurve[], metric: PlotMetric): string {
  const words = curves.flatMap((curve) => {
    const known = measuredOf(curve, metric);
    const [first, last] = [known[0], known.at(-1)];
    if (!first || !last) return [];
    const say = ({ k, metrics }: PlotPoint) =>
      `${formatSignificant(metrics[metric.id]!)}${metric.unit && ` ${metric.unit}`} at ${formatBytes((k * curve.tokens.bits) / 8)}`;
    const whose = curves.length > 1 ? `${curve.label}: ` : '';
    return [`${whose}${metric.label} from ${say(first)} to ${say(last)}`];
  });
  return words.join('; ') || 'Rate and quality curve, empty so far';
}
