import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { type MouseEvent, useRef } from 'react';
import { useWidth } from '../../../../ui/use-width';
import axes from '../../../../views/plot/axes.module.css';
import styles from './BitsCurve.module.css';

/** A model's curve: places in bytes and bits per byte. */
export interface BitsLine {
  readonly id: string;
  readonly label: string;
  readonly points: readonly (readonly [byte: number, bits: number])[];
}

export interface BitsCurveProps {
  /** What it shows, for screen readers. */
  readonly label: string;
  readonly lines: readonly BitsLine[];
  /** Bytes of the text. */
  readonly bytes: number;
  /** Bytes that a mean is taken over. */
  readonly mean: number;
  /** The place that is looked at. */
  readonly at: number;
  readonly onPick: (byte: number) => void;
}

const HEIGHT = 190;
const MARGIN = { top: 12, right: 16, bottom: 34, left: 32 } as const;

/** Bits per byte along a text. A click goes to a place of it; keys do so in the text itself. */
export function BitsCurve({ label, lines, bytes, mean, at, onPick }: BitsCurveProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const across = scaleLinear()
    .domain([0, Math.max(1, bytes - 1)])
    .range([MARGIN.left, Math.max(MARGIN.left + 1, width - MARGIN.right)]);
  const most = Math.max(1, ...lines.flatMap(({ points }) => points.map(([, bits]) => bits)));
  const up = scaleLinear()
    .domain([0, most])
    .nice(4)
    .range([HEIGHT - MARGIN.bottom, MARGIN.top]);
  const pick = ({ clientX, currentTarget }: MouseEvent<SVGElement>) => {
    const byte = across.invert(clientX - currentTarget.getBoundingClientRect().left);
    onPick(Math.min(bytes - 1, Math.max(0, Math.round(byte))));
  };
  const path = line<readonly [number, number]>(
    ([byte]) => across(byte),
    ([, bits]) => up(bits),
  );
  return (
    <figure className={styles.figure}>
      <div ref={box} className={styles.box} style={{ height: HEIGHT }}>
        {width > 0 ? (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys do so in the text itself
          <svg width={width} height={HEIGHT} role="img" aria-label={label} onClick={pick}>
            {up.ticks(4).map((tick) => (
              <g key={tick} transform={`translate(0 ${up(tick)})`}>
                <line className={axes.grid} x1={MARGIN.left} x2={width - MARGIN.right} />
                <text className={axes.label} x={MARGIN.left - 8} dy="0.32em" textAnchor="end">
                  {tick}
                </text>
              </g>
            ))}
            {across.ticks(Math.max(2, Math.floor(width / 100))).map((tick) => (
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
              byte of the text
            </text>
            <text className={axes.axis} x={0} y={HEIGHT - 3}>
              bits per byte, mean of {mean}
            </text>
            <line
              className={axes.plumb}
              x1={across(at)}
              x2={across(at)}
              y1={MARGIN.top}
              y2={HEIGHT - MARGIN.bottom}
            />
            {lines.map(({ id, points }, i) => (
              <path key={id} className={styles.line} data-line={i} d={path(points) ?? ''} />
            ))}
          </svg>
        ) : null}
      </div>
      {lines.length > 1 ? (
        <figcaption className={styles.legend}>
          {lines.map(({ id, label: name }, i) => (
            <span key={id}>
              <svg width="28" height="8" aria-hidden="true">
                <line className={styles.line} data-line={i} x2="28" y1="4" y2="4" />
              </svg>
              {name}
            </span>
          ))}
        </figcaption>
      ) : null}
    </figure>
  );
}
