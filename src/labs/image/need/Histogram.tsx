import { useRef } from 'react';
import { useWidth } from '../../../ui/use-width';
import axes from '../../../views/plot/axes.module.css';
import chart from './Chart.module.css';
import type { PageRun } from './needing-state';
import { PlotFigure } from './PlotFigure';
import styles from './Plots.module.css';
import { Key } from './Scatter';
import { binsOf } from './summary';

const HEIGHT = 300;
const MARGIN = { top: 18, right: 0, bottom: 40, left: 0 };

/** How many pictures need how many tokens, in doublings; a bar for each model. */
export function Histogram({ run }: { readonly run: PageRun }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const { models, pictures } = run;
  const most = Math.max(...models.map(({ tokens }) => tokens.count));
  const all = models.map((_, i) =>
    binsOf(
      pictures.map(({ needs }) => needs[i]!.k),
      most,
    ),
  );
  const labels = all[0]!.map(({ label }) => label);
  const highest = Math.max(1, ...all.flat().map(({ count }) => count));
  const step = (width - MARGIN.left - MARGIN.right) / labels.length;
  const bar = Math.max(2, (step - 6) / models.length);
  const isNarrow = width < 560;
  const room = HEIGHT - MARGIN.top - MARGIN.bottom;
  const words = models.map(
    ({ label }, i) => `${label}: ${all[i]!.map((bin) => `${bin.count} of ${bin.label}`).join(', ')}`,
  );
  return (
    <PlotFigure
      head={<figcaption className={styles.head}>Pictures by tokens needed</figcaption>}
      label={`Pictures by tokens needed. ${words.join('; ')}`}
      box={box}
      width={width}
      height={HEIGHT}
      below={<Key models={models} />}
    >
      <line
        className={axes.grid}
        x1={0}
        x2={width}
        y1={HEIGHT - MARGIN.bottom + 0.5}
        y2={HEIGHT - MARGIN.bottom + 0.5}
      />
      {labels.map((label, at) => (
        <text
          key={label}
          className={axes.label}
          x={MARGIN.left + (at + 0.5) * step}
          y={HEIGHT - 22}
          textAnchor="middle"
        >
          {isNarrow ? label.replace(/\d+–/, '') : label}
        </text>
      ))}
      <text className={axes.axis} x={width} y={HEIGHT - 4} textAnchor="end">
        {isNarrow ? 'tokens needed, up to' : 'tokens needed'}
      </text>
      {all.map((bins, i) =>
        bins.map(({ label, count }, at) => {
          const height = (count / highest) * room;
          const left = MARGIN.left + at * step + 3 + i * bar;
          return count === 0 ? null : (
            <g key={`${models[i]!.id} ${label}`}>
              <rect
                className={chart.bar}
                data-line={i || undefined}
                x={left + 0.5}
                y={HEIGHT - MARGIN.bottom - height}
                width={bar - 2}
                height={height}
              >
                <title>{`${models[i]!.label}: ${count} pictures need ${label} tokens`}</title>
              </rect>
              {bar >= 16 ? (
                <text
                  className={axes.label}
                  x={left + bar / 2}
                  y={HEIGHT - MARGIN.bottom - height - 5}
                  textAnchor="middle"
                >
                  {count}
                </text>
              ) : null}
            </g>
          );
        }),
      )}
    </PlotFigure>
  );
}
