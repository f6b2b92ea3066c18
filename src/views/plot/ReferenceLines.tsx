import type { ScaleContinuousNumeric } from 'd3-scale';
import { line } from 'd3-shape';
import styles from './ReferenceLines.module.css';

/** What a plot is drawn over. */
export type PlotAxis = 'bytes' | 'tokens';

/** Figures to see the curves against. */
export interface PlotReference {
  readonly id: string;
  /** The letter at its end, which a table explains. */
  readonly mark: string;
  /** Whether its pictures are of another size, so that it compares only roughly. */
  readonly isOther: boolean;
  readonly points: readonly {
    readonly tokens?: number | undefined;
    readonly bytes?: number | undefined;
    readonly value: number;
  }[];
}

/** The points of a reference that have a place over an axis. */
export function referencePoints({ points }: PlotReference, axis: PlotAxis) {
  return points.flatMap(({ value, ...at }) => {
    const place = at[axis];
    return place === undefined ? [] : [{ at: place, value }];
  });
}

export interface ReferenceLinesProps {
  readonly references: readonly PlotReference[];
  readonly axis: PlotAxis;
  readonly x: ScaleContinuousNumeric<number, number>;
  readonly y: ScaleContinuousNumeric<number, number>;
}

/** Thin lines behind the curves: dashed where the pictures were of another size, with a letter at the end. */
export function ReferenceLines({ references, axis, x, y }: ReferenceLinesProps) {
  const drawn = references.flatMap((reference) => {
    const points = referencePoints(reference, axis);
    const last = points.at(-1);
    return last ? [{ reference, points, mark: { x: x(last.at), y: y(last.value) - 5 } }] : [];
  });
  const marks = apart(drawn.map(({ mark }) => mark));
  return drawn.map(({ reference, points }, i) => {
    const path = line<(typeof points)[number]>(
      (point) => x(point.at),
      (point) => y(point.value),
    )(points);
    return (
      <g key={reference.id} className={styles.reference} data-other={reference.isOther || undefined}>
        {path && points.length > 1 ? <path className={styles.line} d={path} /> : null}
        {points.map((point) => (
          <circle key={point.at} className={styles.dot} cx={x(point.at)} cy={y(point.value)} r="1.75" />
        ))}
        <text className={styles.mark} x={marks[i]!.x} y={marks[i]!.y} dx="6">
          {reference.mark}
        </text>
      </g>
    );
  });
}

/** Letters closer than this would cover each other. Pixels. */
const ROOM = 12;

interface Place {
  readonly x: number;
  readonly y: number;
}

/** The same places, moved to the right where one is taken. */
function apart(places: readonly Place[]): Place[] {
  const taken: Place[] = [];
  for (const place of places) {
    let { x } = place;
    while (taken.some((other) => Math.abs(other.x - x) < ROOM && Math.abs(other.y - place.y) < ROOM))
      x += ROOM;
    taken.push({ x, y: place.y });
  }
  return taken;
}
