import { scaleLinear } from 'd3-scale';
import { useRef } from 'react';
import { useWidth } from '../../ui/use-width';
import axes from '../../views/plot/axes.module.css';
import plot from '../../views/plot/legend.module.css';
import styles from './Scatter.module.css';

export interface ScatterPoint {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  /** Measured here, not taken from the paper. */
  readonly isOwn: boolean;
}

export interface ScatterProps {
  /** What it shows, one sentence. */
  readonly label: string;
  /** Of the axes, with their units. */
  readonly x: string;
  readonly y: string;
  readonly points: readonly ScatterPoint[];
}

const HEIGHT = 300;
const MARGIN = { top: 24, right: 28, bottom: 36, left: 40 } as const;

/** Models by two percentages: discs are measured here, rings are the paper's. */
export function Scatter({ label, x, y, points }: ScatterProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const across = scaleLinear()
    .domain(rangeOf(points.map((point) => point.x)))
    .nice()
    .range([MARGIN.left, Math.max(MARGIN.left + 1, width - MARGIN.right)]);
  const up = scaleLinear()
    .domain(rangeOf(points.map((point) => point.y)))
    .nice()
    .range([HEIGHT - MARGIN.bottom, MARGIN.top]);
  const labelled = placeLabels(points, (point) => [across(point.x), up(point.y)], width);
  return (
    <figure>
      <div ref={box} style={{ height: HEIGHT, overflowX: 'clip' }}>
        {width > 0 ? (
          <svg width={width} height={HEIGHT} role="img" aria-label={label}>
            {up.ticks(5).map((tick) => (
              <g key={tick} transform={`translate(0 ${up(tick)})`}>
                <line className={axes.grid} x1={MARGIN.left} x2={width - MARGIN.right} />
                <text className={axes.label} x={MARGIN.left - 8} dy="0.32em" textAnchor="end">
                  {tick}
                </text>
              </g>
            ))}
            {across.ticks(Math.max(2, Math.floor(width / 90))).map((tick) => (
              <text
                key={tick}
                className={axes.label}
                x={across(tick)}
                y={HEIGHT - MARGIN.bottom + 16}
                textAnchor="middle"
              >
                {tick}
              </text>
            ))}
            <text className={axes.axis} x={width - MARGIN.right} y={HEIGHT - 3} textAnchor="end">
              {x}
            </text>
            <text className={axes.axis} x={0} y={12}>
              {y}
            </text>
            {labelled.map(({ point, dx, dy, anchor }) => (
              <g
                key={`${point.label} ${point.isOwn}`}
                className={point.isOwn ? styles.own : styles.published}
                transform={`translate(${across(point.x)} ${up(point.y)})`}
              >
                <circle r="5" />
                <text x={dx} y={dy} dy="0.32em" textAnchor={anchor}>
                  {point.label}
                </text>
              </g>
            ))}
          </svg>
        ) : null}
      </div>
      <figcaption className={plot.legend}>
        <span>
          <svg width="12" height="12" className={styles.own} aria-hidden="true">
            <circle cx="6" cy="6" r="5" />
          </svg>
          on this text
        </span>
        <span>
          <svg width="12" height="12" className={styles.published} aria-hidden="true">
            <circle cx="6" cy="6" r="5" />
          </svg>
          published
        </span>
      </figcaption>
    </figure>
  );
}

const SIDES = [
  { dx: 9, dy: 0, anchor: 'start' },
  { dx: -9, dy: 0, anchor: 'end' },
  { dx: 0, dy: -13, anchor: 'middle' },
  { dx: 0, dy: 14, anchor: 'middle' },
] as const;

/** Gives each label the first side of its point where it covers no other label or point and stays in the drawing. */
function placeLabels(
  points: readonly ScatterPoint[],
  placeOf: (point: ScatterPoint) => readonly [x: number, y: number],
  width: number,
) {
  const taken = points.map((point) => {
    const [x, y] = placeOf(point);
    return { point, left: x - 6, right: x + 6, top: y - 6, bottom: y + 6 };
  });
  return points.map((point) => {
    const [x, y] = placeOf(point);
    const length = 7 * point.label.length;
    const boxes = SIDES.map((side) => {
      const start = x + side.dx - (side.anchor === 'start' ? 0 : side.anchor === 'end' ? length : length / 2);
      return {
        point,
        side,
        left: start,
        right: start + length,
        top: y + side.dy - 7,
        bottom: y + side.dy + 7,
      };
    });
    const free = boxes.find(
      (box) =>
        box.left >= 0 &&
        box.right <= width &&
        taken.every(
          (other) =>
            other.point === point ||
            other.left > box.right ||
            other.right < box.left ||
            other.top > box.bottom ||
            other.bottom < box.top,
        ),
    );
    const chosen = free ?? boxes[0]!;
    taken.push(chosen);
    return { point, ...chosen.side };
  });
}

function rangeOf(values: readonly number[]): [number, number] {
  return [Math.min(...values) - 2, Math.max(...values) + 2];
}
