import { scaleLinear, scaleLog } from 'd3-scale';
import { useMemo, useRef, useState } from 'react';
import { type CodeUsage, codeUsage } from '../../../core/image/code-usage';
import { formatInteger, formatSignificant } from '../../../ui/format';
import { Segmented } from '../../../ui/Segmented';
import { useWidth } from '../../../ui/use-width';
import { ExportMenu } from '../../../views/export/ExportMenu';
import axes from '../../../views/plot/axes.module.css';
import chart from './Chart.module.css';
import styles from './Codebook.module.css';
import { boundsOf, positionsTable, ranksTable } from './codes-table';
import type { NeedModel } from './need-model';
import type { PageRun } from './needing-state';
import { PlotFigure } from './PlotFigure';

const HEIGHT = 260;
const MARGIN = { top: 18, right: 12, bottom: 40, left: 44 };

type Model = Omit<NeedModel<never>, 'encode'>;

/** How the measured pictures use one model's codebook. */
export function Codebook({ run }: { readonly run: PageRun }) {
  const [at, setAt] = useState('0');
  const { models, pictures } = run;
  const index = Math.min(Number(at), models.length - 1);
  const model = models[index]!;
  const usage = useMemo(() => codeUsage(pictures.map(({ needs }) => needs[index]!.ids)), [pictures, index]);
  return (
    <div className={styles.codebook}>
      {models.length > 1 ? (
        <Segmented
          size="sm"
          label="Model"
          options={models.map(({ label }, i) => ({ value: String(i), label }))}
          value={at}
          onChange={setAt}
        />
      ) : null}
      <Sentences usage={usage} model={model} />
      <div className={styles.plots}>
        <Entropy usage={usage} model={model} />
        <Ranks usage={usage} model={model} />
      </div>
      <Common usage={usage} />
    </div>
  );
}

interface Props {
  readonly usage: CodeUsage;
  readonly model: Model;
}

function Sentences({ usage, model }: Props) {
  const { codebookSize, bits } = model.tokens;
  const { used, entropy } = boundsOf(usage, model);
  const mean = usage.positions.reduce((sum, one) => sum + one.entropy, 0) / usage.positions.length;
  const size = formatInteger(codebookSize);
  const dead = codebookSize - usage.used;
  return (
    <p className={styles.lead}>
      {formatInteger(usage.tokens)} tokens use <strong>{formatInteger(usage.used)}</strong> of {size} codes
      {used < codebookSize ? ` (so many tokens can use ${formatInteger(used)} at most)` : ''};{' '}
      {dead === 0 ? 'none is dead.' : `${formatInteger(dead)} never appear.`} A position shows{' '}
      <strong>{formatSignificant(mean)} bits</strong> on average and spends {bits};{' '}
      {formatInteger(usage.pictures)} pictures can show {formatSignificant(entropy)} at most, so more pictures
      give a truer figure. Where a model has a codebook for every position, the same id means something else
      at another one: then the entropies count, not the ranks.
    </p>
  );
}

/** Entropy of every position, under the bits that it spends and those that so many pictures can show. */
function Entropy({ usage, model }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const drawing = useRef<SVGSVGElement>(null);
  const { positions } = usage;
  const { bits } = model.tokens;
  const { entropy: bound } = boundsOf(usage, model);
  const x = scaleLinear(
    [0, positions.length],
    [MARGIN.left, Math.max(MARGIN.left + 1, width - MARGIN.right)],
  );
  const y = scaleLinear([0, bits], [HEIGHT - MARGIN.bottom, MARGIN.top]);
  const path = positions
    .map(({ entropy }, i) => `M${x(i)} ${y(0)}V${y(entropy)}H${x(i + 1)}V${y(0)}z`)
    .join('');
  const ends = [1, Math.round(positions.length / 2), positions.length];
  return (
    <PlotFigure
      head={
        <figcaption className={styles.head}>
          <span>Entropy of every position, in bits</span>
          <ExportMenu
            name={`codes-${model.id}-positions`}
            table={() => positionsTable(usage, model)}
            drawing={() => drawing.current}
          />
        </figcaption>
      }
      label={`Entropy by position: ${formatSignificant(positions[0]?.entropy ?? 0)} bits at the first, ${formatSignificant(positions.at(-1)?.entropy ?? 0)} at the last, of ${bits} spent`}
      box={box}
      width={width}
      height={HEIGHT}
      drawing={drawing}
    >
      <path className={chart.area} d={path} />
      {y.ticks(4).map((tick) => (
        <text key={tick} className={axes.label} x={MARGIN.left - 8} y={y(tick)} dy="0.32em" textAnchor="end">
          {tick}
        </text>
      ))}
      <line className={axes.grid} x1={MARGIN.left} x2={width - MARGIN.right} y1={y(bits)} y2={y(bits)} />
      <text className={axes.axis} x={width - MARGIN.right} y={y(bits) - 5} textAnchor="end">
        {bits} bits spent
      </text>
      <line className={chart.bound} x1={MARGIN.left} x2={width - MARGIN.right} y1={y(bound)} y2={y(bound)} />
      <text className={chart.targetLabel} x={width - MARGIN.right} y={y(bound) - 5} textAnchor="end">
        {`at most ${formatSignificant(bound)} with ${formatInteger(usage.pictures)} pictures`}
      </text>
      {ends.map((position) => (
        <text
          key={position}
          className={axes.label}
          x={x(position - 0.5)}
          y={HEIGHT - 22}
          textAnchor={position === 1 ? 'start' : position === positions.length ? 'end' : 'middle'}
        >
          {position}
        </text>
      ))}
      <text className={axes.axis} x={width - MARGIN.right} y={HEIGHT - 4} textAnchor="end">
        position
      </text>
    </PlotFigure>
  );
}

/** How often the used codes stand anywhere, most frequent first, both on log scales. */
function Ranks({ usage, model }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const drawing = useRef<SVGSVGElement>(null);
  const { ranks } = usage;
  const highest = Math.max(2, ranks[0] ?? 1);
  const right = Math.max(MARGIN.left + 1, width - MARGIN.right);
  const x = scaleLog([1, Math.max(2, ranks.length)], [MARGIN.left, right]);
  const y = scaleLog([0.8, highest], [HEIGHT - MARGIN.bottom, MARGIN.top]);
  const corners = steps(ranks);
  const path = corners.map(([rank, count], i) => `${i === 0 ? 'M' : 'L'}${x(rank)} ${y(count)}`).join('');
  const decades = (most: number) => [1, 10, 100, 1000, 10_000].filter((tick) => tick <= most);
  return (
    <PlotFigure
      head={
        <figcaption className={styles.head}>
          <span>How often each code is used, by rank</span>
          <ExportMenu
            name={`codes-${model.id}-ranks`}
            table={() => ranksTable(usage, model)}
            drawing={() => drawing.current}
          />
        </figcaption>
      }
      label={`Rank and frequency of codes: the most frequent stands ${ranks[0] ?? 0} times, ${formatInteger(ranks.length)} are used`}
      box={box}
      width={width}
      height={HEIGHT}
      drawing={drawing}
    >
      {decades(highest).map((tick) => (
        <g key={tick} transform={`translate(0 ${y(tick)})`}>
          <line className={axes.grid} x1={MARGIN.left} x2={right} />
          <text className={axes.label} x={MARGIN.left - 8} dy="0.32em" textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      {decades(ranks.length).map((tick) => (
        <text
          key={tick}
          className={axes.label}
          x={x(tick)}
          y={HEIGHT - 22}
          textAnchor={x(tick) > right - 20 ? 'end' : 'middle'}
        >
          {formatInteger(tick)}
        </text>
      ))}
      <path className={chart.curve} d={path} />
      <text className={axes.axis} x={right} y={HEIGHT - 4} textAnchor="end">
        rank, log scale
      </text>
      <text className={axes.axis} x={0} y={HEIGHT - 4}>
        times used, log scale
      </text>
    </PlotFigure>
  );
}

/** The corners of a falling staircase: thousands of equal counts need two points. */
function steps(ranks: Uint32Array): [rank: number, count: number][] {
  const corners: [number, number][] = [];
  for (let i = 0; i < ranks.length; i++) {
    if (ranks[i] !== ranks[i - 1] || ranks[i] !== ranks[i + 1]) corners.push([i + 1, ranks[i]!]);
  }
  return corners;
}

/** Positions that are listed of a code. */
const LISTED = 6;

function Common({ usage }: { readonly usage: CodeUsage }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={styles.scroll} aria-label="Most used codes" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Most used code</th>
            <th scope="col">Times</th>
            <th scope="col">Where it stands: position, and how often there</th>
          </tr>
        </thead>
        <tbody>
          {usage.common.map(({ code, count, positions }) => (
            <tr key={code}>
              <th scope="row">{code}</th>
              <td>{formatInteger(count)}</td>
              <td>
                {positions
                  .slice(0, LISTED)
                  .map(({ position, count: times }) => `${position} (${times})`)
                  .join(', ')}
                {positions.length > LISTED ? ` and ${positions.length - LISTED} more` : ''}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
