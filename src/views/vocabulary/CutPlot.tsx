import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { CutCurve } from '../../core/text/vocabulary-cut';
import { formatInteger } from '../../ui/format';
import axes from '../plot/axes.module.css';
import styles from './CutPlot.module.css';
import { PLOT_MARGIN } from './plot-margin';
import { type SizeScale, shortCount, shortSize } from './size-scale';
import { spread } from './spread';

/** How a curve is drawn: the chosen one solid, each other by an ink and a pattern of dashes. */
export type CurveLine = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** How the curve at a place of a list is drawn. */
export function lineAt(place: number): CurveLine {
  return ((place % 7) + 1) as CurveLine;
}

/** One tokenizer's tokens over the size of its vocabulary. */
export interface NamedCurve {
  readonly id: string;
  readonly label: string;
  readonly line: CurveLine;
  readonly curve: CutCurve;
  /** Tokens at the present size; null while they are not known. */
  readonly live: number | null;
}

export interface CutPlotProps {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly scale: SizeScale;
  readonly size: number;
  readonly curves: readonly NamedCurve[];
  /** Pixels at the right for the curves' names; without it they have none. */
  readonly labelRoom?: number;
}

/** Tokens of a text over the size of the vocabulary, a line for each tokenizer, with the present size of each. */
export function CutPlot({ width, height, scale, size, curves, labelRoom = 0 }: CutPlotProps) {
  const { top, bottom, left } = PLOT_MARGIN;
  const right = PLOT_MARGIN.right + labelRoom;
  const most = Math.max(1, ...curves.flatMap(({ curve }) => curve.counts));
  const y = scaleLinear([0, most], [height - bottom, top]).nice(4);
  const x = (value: number) => left + scale.shareOf(value) * (width - left - right);
  const yTicks = y.ticks(4);
  // The chosen one is drawn last, above the others.
  const ordered = [...curves].sort((a, b) => b.line - a.line);
  const ends = labelRoom > 0 ? curves.map(({ curve }) => y(curve.counts.at(-1) ?? 0)) : [];
  const labels = spread(ends, LABEL, [top, height - bottom]);
  return (
    <svg width={width} height={height} role="img" aria-label={summary(curves)} className={styles.plot}>
      {yTicks.map((tick) => (
        <g key={tick} transform={`translate(0 ${y(tick)})`}>
          <line className={axes.grid} x1={left} x2={width - right} />
          <text className={axes.label} x={left - 8} dy="0.32em" textAnchor="end">
            {yTicks.at(-1)! < 100_000 ? formatInteger(tick) : shortCount(tick)}
          </text>
        </g>
      ))}
      {scale.marks.map((mark) =>
        width < 560 && !/^1/.test(String(mark)) ? null : (
          <text key={mark} className={axes.label} x={x(mark)} y={height - bottom + 16} textAnchor="middle">
            {shortSize(mark)}
          </text>
        ),
      )}
      <text className={axes.axis} x={width - right} y={height - 3} textAnchor="end">
        entries of the vocabulary, log scale
      </text>
      <text className={axes.axis} x={0} y={height - 3}>
        tokens
      </text>
      <line className={axes.plumb} x1={x(size)} x2={x(size)} y1={top} y2={height - bottom} />
      {ordered.map(({ id, line: pattern, curve }) => (
        <path
          key={id}
          className={styles.curve}
          data-line={pattern}
          d={
            line<number>(
              (i) => x(curve.sizes[i]!),
              (i) => y(curve.counts[i]!),
            )([...curve.sizes.keys()]) ?? ''
          }
        />
      ))}
      {labels.map((at, i) => {
        const { id, label, line: pattern, curve } = curves[i]!;
        const from = x(curve.sizes.at(-1)!);
        return (
          <g key={id} data-line={pattern} className={styles.name}>
            <path d={`M${from} ${ends[i]}L${Math.max(from, width - right) + 8} ${at}h4`} />
            <text x={width - right + 16} y={at} dy="0.32em">
              {shortLabel(label)}
            </text>
          </g>
        );
      })}
      {ordered.map(({ id, line: pattern, curve, live }) => {
        const at = Math.min(curve.largest, Math.max(curve.smallest, size));
        return live === null ? null : (
          <circle
            key={id}
            className={styles.point}
            data-line={pattern}
            cx={x(at)}
            cy={y(live)}
            r={pattern ? 4 : 5}
          />
        );
      })}
    </svg>
  );
}

/** Pixels between two names. */
const LABEL = 15;

function shortLabel(label: string): string {
  const letters = [...label];
  return letters.length > 14 ? `${letters.slice(0, 13).join('')}…` : label;
}

/** The line of a curve, for a legend. */
export function CurveSwatch({ line: pattern }: { readonly line: CurveLine }) {
  return (
    <svg width="28" height="8" aria-hidden="true" className={styles.swatch}>
      <line className={styles.curve} data-line={pattern} x2="28" y1="4" y2="4" />
    </svg>
  );
}

function summary(curves: readonly NamedCurve[]): string {
  const words = curves.map(({ label, curve: { sizes, counts } }) => {
    const say = (i: number) =>
      `${formatInteger(counts.at(i)!)} ${counts.at(i) === 1 ? 'token' : 'tokens'} with ${formatInteger(sizes.at(i)!)} entries`;
    return `${label}: from ${say(0)} to ${say(-1)}`;
  });
  return `Tokens by size of the vocabulary. ${words.join('; ') || 'Nothing so far.'}`;
}
