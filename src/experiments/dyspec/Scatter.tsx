import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { useRef } from 'react';
import { useWidth } from '../../ui/use-width';
import axes from '../../views/plot/axes.module.css';
import plot from '../../views/plot/legend.module.css';
import type { Estimates } from './correlation';
import styles from './Scatter.module.css';

interface ScatterProps {
  /** What it shows, one sentence. */
  readonly label: string;
  readonly estimates: Estimates;
}

const HEIGHT = 280;
const MARGIN = { top: 16, right: 20, bottom: 36, left: 44 } as const;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** How far points are moved up or down, so that equal ones do not hide each other. */
const JITTER = 0.05;

/** Draft probabilities against acceptance: a point a token that was tried, the means of ten bins, and where both are equal. */
export function Scatter({ label, estimates }: ScatterProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const across = scaleLinear([MARGIN.left, Math.max(MARGIN.left + 1, width - MARGIN.right)]);
  const up = scaleLinear([-JITTER, 1 + JITTER], [HEIGHT - MARGIN.bottom, MARGIN.top]);
  return (
    <figure className={styles.figure}>
      <div ref={box} style={{ height: HEIGHT }}>
        {width > 0 ? (
          <svg width={width} height={HEIGHT} role="img" aria-label={label}>
            {TICKS.map((tick) => (
              <g key={tick}>
                <g transform={`translate(0 ${up(tick)})`}>
                  <line className={axes.grid} x1={MARGIN.left} x2={width - MARGIN.right} />
                  <text className={axes.label} x={MARGIN.left - 8} dy="0.32em" textAnchor="end">
                    {tick}
                  </text>
                </g>
                <text
                  className={axes.label}
                  x={across(tick)}
                  y={HEIGHT - MARGIN.bottom + 16}
                  textAnchor="middle"
                >
                  {tick}
                </text>
              </g>
            ))}
            <text className={axes.axis} x={width - MARGIN.right} y={HEIGHT - 3} textAnchor="end">
              probability in the draft
            </text>
            <text className={axes.axis} x={0} y={HEIGHT - 3}>
              accepted with
            </text>
            <path className={styles.equal} d={`M${across(0)} ${up(0)}L${across(1)} ${up(1)}`} />
            {estimates.points.map(([x, y], i) => (
              <circle
                // biome-ignore lint/suspicious/noArrayIndexKey: points have no other identity
                key={i}
                className={styles.point}
                cx={across(x)}
                // The golden ratio spreads evenly, and the same everywhere.
                cy={up(y + JITTER * (2 * ((i * 0.618034) % 1) - 1))}
                r="2.5"
              />
            ))}
            <path
              className={styles.means}
              d={
                line<(typeof estimates.bins)[number]>(
                  ({ estimate }) => across(estimate),
                  ({ chance }) => up(chance),
                )([...estimates.bins]) ?? ''
              }
            />
            {estimates.bins.map(({ estimate, chance }) => (
              <circle key={estimate} className={styles.mean} cx={across(estimate)} cy={up(chance)} r="4.5" />
            ))}
          </svg>
        ) : null}
      </div>
      <figcaption className={plot.legend}>
        <span>
          <svg width="10" height="10" aria-hidden="true">
            <circle className={styles.point} cx="5" cy="5" r="2.5" />
          </svg>
          a token that was tried, moved a little up or down
        </span>
        <span>
          <svg width="24" height="10" aria-hidden="true">
            <path className={styles.means} d="M0 5H24" />
            <circle className={styles.mean} cx="12" cy="5" r="4" />
          </svg>
          means
        </span>
        <span>
          <svg width="24" height="10" aria-hidden="true">
            <path className={styles.equal} d="M0 5H24" />
          </svg>
          both equal
        </span>
      </figcaption>
    </figure>
  );
}
