import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { prefixTicks } from '../../../engine/image/prefix-player';
import { formatSignificant } from '../../../ui/format';
import axes from '../../../views/plot/axes.module.css';
import { domainOf } from '../../../views/plot/domain';
import styles from './Chart.module.css';
import type { NeedQuestion } from './need-model';
import { measureOf } from './protocol';

/** The measured prefixes of one model. */
export interface NeedCurve {
  readonly label: string;
  readonly count: number;
  /** By k. */
  readonly points: ReadonlyMap<number, number>;
  /** The answer, once it is there. */
  readonly k: number | null;
}

const MARGIN = { top: 14, right: 16, bottom: 24, left: 40 };

/** Quality over the number of tokens, with the target as a line and every model's answer marked on it. */
export function NeedChart({
  width,
  height,
  question,
  curves,
}: {
  readonly width: number;
  readonly height: number;
  readonly question: NeedQuestion;
  readonly curves: readonly NeedCurve[];
}) {
  const measure = measureOf(question.measure);
  const lists = curves.map(({ points }) =>
    [...points].filter(([, quality]) => Number.isFinite(quality)).sort(([a], [b]) => a - b),
  );
  const values = [...lists.flat().map(([, quality]) => quality), question.value];
  const most = Math.max(2, ...curves.map(({ count }) => count));
  const x = scaleLog([1, most], [MARGIN.left, width - MARGIN.right]).base(2);
  const y = scaleLinear(domainOf(measure, values), [height - MARGIN.bottom, MARGIN.top]);
  const target = y(question.value);
  const unit = measure.unit && ` ${measure.unit}`;
  return (
    <svg width={width} height={height} role="img" aria-label={sentence(curves, measure.label)}>
      {y.ticks(4).map((tick) => (
        <g key={tick} transform={`translate(0 ${y(tick)})`}>
          <line className={axes.grid} x1={MARGIN.left} x2={width - MARGIN.right} />
          <text className={axes.label} x={MARGIN.left - 8} dy="0.32em" textAnchor="end">
            {y.tickFormat(4)(tick)}
          </text>
        </g>
      ))}
      {prefixTicks(most).map((tick) => (
        <text key={tick} className={axes.label} x={x(tick)} y={height - 8} textAnchor="middle">
          {tick}
        </text>
      ))}
      <line className={styles.target} x1={MARGIN.left} x2={width - MARGIN.right} y1={target} y2={target} />
      <text className={styles.targetLabel} x={MARGIN.left + 6} y={target - 6}>
        {`${formatSignificant(question.value)}${unit}`}
      </text>
      {lists.map((points, i) => (
        <path
          key={curves[i]!.label}
          className={styles.curve}
          data-line={i || undefined}
          d={
            line<[number, number]>(
              ([k]) => x(k),
              ([, quality]) => y(quality),
            )(points) ?? ''
          }
        />
      ))}
      {curves.map(({ label, k, points }, i) =>
        k === null ? null : (
          <g key={label} transform={`translate(${x(k)} 0)`}>
            <line
              className={axes.plumb}
              y1={y(points.get(k) ?? question.value)}
              y2={height - MARGIN.bottom}
            />
            <circle
              className={styles.answer}
              data-line={i || undefined}
              cy={y(points.get(k) ?? question.value)}
              r="5"
            >
              <title>{`${label}: ${k} tokens`}</title>
            </circle>
          </g>
        ),
      )}
    </svg>
  );
}

function sentence(curves: readonly NeedCurve[], measure: string): string {
  const answers = curves.map(({ label, k }) => `${label}: ${k === null ? 'no answer yet' : `${k} tokens`}`);
  return `${measure} by number of tokens, with the target. ${answers.join('; ')}`;
}
