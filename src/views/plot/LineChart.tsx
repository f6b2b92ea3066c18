import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { useRef } from 'react';
import { formatSignificant } from '../../ui/format';
import { useHorizontalDrag } from '../../ui/horizontal-drag';
import { useWidth } from '../../ui/use-width';
import axes from './axes.module.css';
import styles from './LineChart.module.css';

/** A line of a chart; the first one is drawn strongest. */
export interface ChartLine {
  readonly id: string;
  readonly label: string;
  /** x and y, x ascending. What is not finite is left out. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface ChartAxis {
  /** With its unit: "bits per character". */
  readonly label: string;
  readonly isLog?: boolean;
  /** What is shown at least; from the data by default, and from 0 where `fromZero` says so. */
  readonly from?: number;
  readonly to?: number;
  /** The values that have a tick, where only these can be chosen; round ones by default. */
  readonly ticks?: readonly number[];
  /** A tick in few characters. */
  readonly format?: (value: number) => string;
}

export interface ChartRule {
  readonly label: string;
  readonly y: number;
  /** Where lines come close from above, its name stands below. */
  readonly isBelow?: boolean;
}

export interface LineChartProps {
  /** What the chart shows, for screen readers, one sentence. */
  readonly label: string;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly lines: readonly ChartLine[];
  /** Levels that the lines are compared with, such as a bound or a published value. */
  readonly rules?: readonly ChartRule[];
  /** The present place of the slider above; each line has a point there. */
  readonly at?: number;
  /** Called with the x under a click or drag. */
  readonly onPick?: (x: number) => void;
  /** CSS pixels. */
  readonly height?: number;
}

const MARGIN = { top: 16, right: 20, bottom: 36, left: 52 } as const;

/** Lines over one axis, as wide as there is room, with a legend where there is more than one. */
export function LineChart({ label, x, y, lines, rules = [], at, onPick, height = 240 }: LineChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const known = lines.map((one) => ({
    ...one,
    points: one.points.filter((point) => point.every(Number.isFinite)),
  }));
  const xs = known.flatMap(({ points }) => points.map(([value]) => value));
  const ys = [
    ...known.flatMap(({ points }) => points.map(([, value]) => value)),
    ...rules.map((rule) => rule.y),
  ];
  const across = (x.isLog ? scaleLog() : scaleLinear())
    .domain(domainOf(x, xs))
    .range([MARGIN.left, Math.max(MARGIN.left + 1, width - MARGIN.right)]);
  const up = (y.isLog ? scaleLog() : scaleLinear())
    .domain(domainOf(y, ys))
    .nice()
    .range([height - MARGIN.bottom, MARGIN.top]);
  const drag = useHorizontalDrag({
    onMove: ({ clientX, currentTarget }) => {
      const place = clientX - currentTarget.getBoundingClientRect().left;
      const [low, high] = across.domain();
      onPick?.(Math.min(high!, Math.max(low!, across.invert(place))));
    },
  });
  const format = { x: x.format ?? tickText, y: y.format ?? tickText };
  return (
    <figure className={styles.figure}>
      <div ref={box} className={styles.box} style={{ height }}>
        {width > 0 && xs.length > 0 ? (
          <svg
            width={width}
            height={height}
            role="img"
            aria-label={label}
            {...(onPick ? { ...drag, className: styles.picking } : {})}
          >
            {(y.ticks ?? ticksOf(up, y.isLog, height < 200 ? 4 : 5)).map((tick) => (
              <g key={tick} transform={`translate(0 ${up(tick)})`}>
                <line className={axes.grid} x1={MARGIN.left} x2={width - MARGIN.right} />
                <text className={axes.label} x={MARGIN.left - 8} dy="0.32em" textAnchor="end">
                  {format.y(tick)}
                </text>
              </g>
            ))}
            {(x.ticks ?? ticksOf(across, x.isLog, Math.max(2, Math.floor(width / 90)))).map((tick) => (
              <text
                key={tick}
                className={axes.label}
                x={across(tick)}
                y={height - MARGIN.bottom + 16}
                textAnchor="middle"
              >
                {format.x(tick)}
              </text>
            ))}
            <text className={axes.axis} x={width - MARGIN.right} y={height - 3} textAnchor="end">
              {x.label}
              {x.isLog ? ', log scale' : ''}
            </text>
            <text className={axes.axis} x={0} y={height - 3}>
              {y.label}
            </text>
            {rules.map((rule) => (
              <g key={rule.label} transform={`translate(0 ${up(rule.y)})`}>
                <line className={styles.rule} x1={MARGIN.left} x2={width - MARGIN.right} />
                <text
                  className={styles.ruleLabel}
                  x={width - MARGIN.right}
                  dy={rule.isBelow ? '1.1em' : '-0.35em'}
                  textAnchor="end"
                >
                  {rule.label}
                </text>
              </g>
            ))}
            {at === undefined ? null : (
              <line
                className={axes.plumb}
                x1={across(at)}
                x2={across(at)}
                y1={MARGIN.top}
                y2={height - MARGIN.bottom}
              />
            )}
            {known.map(({ id, points }, i) => (
              <path
                key={id}
                className={styles.line}
                data-line={i % LINES}
                d={
                  line<readonly [number, number]>(
                    ([value]) => across(value),
                    ([, value]) => up(value),
                  )(points) ?? ''
                }
              />
            ))}
            {at === undefined
              ? null
              : known.map(({ id, points }, i) => {
                  const value = valueAt(points, at);
                  return value === undefined ? null : (
                    <circle
                      key={id}
                      className={styles.point}
                      data-line={i % LINES}
                      cx={across(at)}
                      cy={up(value)}
                      r={i === 0 ? 5 : 4}
                    />
                  );
                })}
          </svg>
        ) : null}
      </div>
      {known.length > 1 ? (
        <figcaption className={styles.legend}>
          {known.map(({ id, label: name }, i) => (
            <span key={id}>
              <svg width="28" height="8" aria-hidden="true">
                <line className={styles.line} data-line={i % LINES} x2="28" y1="4" y2="4" />
              </svg>
              {name}
            </span>
          ))}
        </figcaption>
      ) : null}
    </figure>
  );
}

/** Ways of drawing a line: strength and dashes, so that colour is no cue. */
const LINES = 6;

type Scale = ReturnType<typeof scaleLinear<number>> | ReturnType<typeof scaleLog<number>>;

/** The whole powers of a logarithmic axis where these are enough. */
function ticksOf(scale: Scale, isLog: boolean | undefined, count: number): readonly number[] {
  const ticks = scale.ticks(count);
  if (!isLog || ticks.length <= count + 1) return ticks;
  const lone = [[1, 2, 5], [1], []].find(
    (leads) => ticks.filter((tick) => leads.includes(leadOf(tick))).length <= count + 1,
  )!;
  return ticks.filter((tick) => lone.includes(leadOf(tick)));
}

function leadOf(value: number): number {
  return Number((value / 10 ** Math.floor(Math.log10(value) + 1e-9)).toPrecision(3));
}

function domainOf({ from, to, isLog }: ChartAxis, values: readonly number[]): [number, number] {
  const low = from ?? Math.min(...values);
  const high = to ?? Math.max(...values);
  if (!Number.isFinite(low) || !Number.isFinite(high)) return isLog ? [1, 10] : [0, 1];
  return low < high ? [low, high] : isLog ? [low, low * 2 || 1] : [low, low + 1];
}

/** Between two points by a straight line; undefined outside of them. */
function valueAt(points: readonly (readonly [number, number])[], at: number): number | undefined {
  const right = points.findIndex(([value]) => value >= at);
  if (right < 0) return undefined;
  const [x1, y1] = points[right]!;
  if (x1 === at || right === 0) return x1 === at ? y1 : undefined;
  const [x0, y0] = points[right - 1]!;
  return y0 + ((at - x0) / (x1 - x0)) * (y1 - y0);
}

function tickText(value: number): string {
  if (Math.abs(value) >= 10_000) return `${Number((value / 1000).toPrecision(3))}k`;
  return Number.isInteger(value)
    ? String(value)
    : formatSignificant(value).replace(/0+$/, '').replace(/\.$/, '');
}
