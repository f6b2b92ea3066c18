import { scaleLinear, scaleLog } from 'd3-scale';
import { useRef, useState } from 'react';
import { prefixTicks } from '../../../engine/image/prefix-player';
import { formatSignificant } from '../../../ui/format';
import { Segmented } from '../../../ui/Segmented';
import { useWidth } from '../../../ui/use-width';
import axes from '../../../views/plot/axes.module.css';
import chart from './Chart.module.css';
import type { PictureNeed } from './measure-pictures';
import type { PageRun } from './needing-state';
import { PlotFigure } from './PlotFigure';
import styles from './Plots.module.css';
import { measureOf } from './protocol';

const HEIGHT = 300;
const MARGIN = { top: 30, right: 12, bottom: 40, left: 40 };

const AGAINST = [
  { value: 'bytes', label: "File's bytes" },
  { value: 'full', label: 'Quality of all tokens' },
] as const;

/** Tokens needed against the file's size or the quality of all tokens; a dot opens its picture. */
export function Scatter({
  run,
  onOpen,
}: {
  readonly run: PageRun;
  readonly onOpen: (index: number) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [against, setAgainst] = useState<(typeof AGAINST)[number]['value']>('bytes');
  const { models, pictures, question } = run;
  const measure = measureOf(question.measure);
  const placeOf = ({ bytes, needs }: PictureNeed, model: number) =>
    against === 'bytes' ? Math.max(1, bytes) : needs[model]!.curve.at(-1)!.quality;
  const values = pictures
    .flatMap((picture) => models.map((_, i) => placeOf(picture, i)))
    .filter(Number.isFinite);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const range: [number, number] = [MARGIN.left, Math.max(MARGIN.left + 1, width - MARGIN.right)];
  const x =
    against === 'bytes'
      ? scaleLog([low / 1.1, high * 1.1], range)
      : scaleLinear([low, high === low ? low + 1 : high], range).nice();
  const most = Math.max(2, ...models.map(({ tokens }) => tokens.count));
  const y = scaleLog([1, most], [HEIGHT - MARGIN.bottom, MARGIN.top]).base(2);
  const ticks = x.ticks(5).filter((_, i, all) => all.length < 8 || i % Math.ceil(all.length / 6) === 0);
  return (
    <PlotFigure
      head={
        <figcaption className={styles.head}>
          <span>Tokens needed by</span>
          <Segmented size="sm" label="Against" options={AGAINST} value={against} onChange={setAgainst} />
        </figcaption>
      }
      label={`Tokens needed by ${against === 'bytes' ? 'size of the file' : 'quality of all tokens'}, a dot for every picture and model. The table has the same figures.`}
      box={box}
      width={width}
      height={HEIGHT}
      below={<Key models={models} />}
    >
      <text className={axes.label} x={MARGIN.left - 8} y={MARGIN.top - 18} dy="0.32em" textAnchor="end">
        {`>${most}`}
      </text>
      {prefixTicks(most).map((k) => (
        <g key={k} transform={`translate(0 ${y(k)})`}>
          <line className={axes.grid} x1={MARGIN.left} x2={width - MARGIN.right} />
          <text className={axes.label} x={MARGIN.left - 8} dy="0.32em" textAnchor="end">
            {k}
          </text>
        </g>
      ))}
      {ticks.map((tick) => (
        <text key={tick} className={axes.label} x={x(tick)} y={HEIGHT - 22} textAnchor="middle">
          {against === 'bytes' ? sizeLabel(tick) : formatSignificant(tick)}
        </text>
      ))}
      <text className={axes.axis} x={width - MARGIN.right} y={HEIGHT - 4} textAnchor="end">
        {against === 'bytes' ? 'file, log scale' : `${measure.label}${measure.unit && `, ${measure.unit}`}`}
      </text>
      {models.map((model, i) =>
        pictures.map((picture) => {
          const k = picture.needs[i]!.k;
          const value = placeOf(picture, i);
          if (!Number.isFinite(value)) return null;
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the table's buttons do the same by keyboard
            <circle
              key={`${model.id} ${picture.index}`}
              className={chart.dot}
              data-line={i || undefined}
              cx={x(value)}
              cy={k === null ? MARGIN.top - 18 : y(k)}
              r={pictures.length > 200 ? 3 : 4}
              onClick={() => onOpen(picture.index)}
            >
              <title>{`${picture.name}, ${model.label}: ${k === null ? 'not reached' : `${k} tokens`}`}</title>
            </circle>
          );
        }),
      )}
    </PlotFigure>
  );
}

/** A round number of bytes, without the zeros of `formatBytes`. */
function sizeLabel(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${bytes / 1000} kB` : `${bytes / 1e6} MB`;
}

/** Which model is drawn how. */
export function Key({ models }: Pick<PageRun, 'models'>) {
  if (models.length < 2) return null;
  return (
    <ul className={styles.key}>
      {models.map(({ id, label }, i) => (
        <li key={id}>
          <svg width="12" height="12" aria-hidden="true">
            <circle className={chart.dot} data-line={i || undefined} cx="6" cy="6" r="4" />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}
