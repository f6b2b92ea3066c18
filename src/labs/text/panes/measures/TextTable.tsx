import type { Segmentation } from '../../../../engine/text/text.api';
import { dearTextMeasures } from '../../../../measures/dear-text-measures';
import { textMeasures } from '../../../../measures/text-measures';
import { ExportMenu } from '../../../../views/export/ExportMenu';
import type { ExportTable } from '../../../../views/export/table';
import type { LabTokenizer } from '../../lab-tokenizers';
import { formatPrice } from '../../strip/ranking';
import study from '../../study.module.css';
import { LossNote } from './LossNote';
import styles from './Measures.module.css';
import type { Measured } from './measured';
import { PriceField } from './PriceField';
import { usePrices } from './prices';
import { bestOf, columnOrder, percent, type Row, type RowGroup, rowOf } from './rows';
import type { MeasureSettings } from './settings';
import { ValueCell } from './ValueCell';

/** Prices are for this many tokens. */
const PRICED_TOKENS = 1_000_000;

export interface TextTableProps {
  readonly tokenizers: readonly LabTokenizer[];
  /** By tokenizer. */
  readonly segmentations: readonly (Segmentation | undefined)[];
  readonly measured: readonly (Measured | undefined)[];
  readonly settings: MeasureSettings;
  readonly onSort: (measure: string, descending: boolean) => void;
}

/** Measures by tokenizers, with a bar in every cell; a measure's name sorts the tokenizers by it. */
export function TextTable({ tokenizers, segmentations, measured, settings, onSort }: TextTableProps) {
  const [prices, setPrice] = usePrices();
  const cheap = textMeasures.map((measure) =>
    rowOf(
      measure,
      segmentations.map((segmentation) => segmentation && measure.compute(segmentation)),
    ),
  );
  const dear = dearTextMeasures.map((measure) =>
    rowOf(
      measure,
      measured.map((one) => one?.values[0]?.[one.measures.indexOf(measure.id)] ?? undefined),
    ),
  );
  const counts = segmentations.map((segmentation) => segmentation?.tokens.ids.length);
  const cost = costRows(counts, tokenizers, prices, settings.window);
  const groups: readonly RowGroup[] = [
    { name: 'Size', rows: cheap },
    { name: 'Words', rows: dear.slice(...placed(20, 30)) },
    { name: 'Vocabulary', rows: dear.slice(...placed(30, 40)) },
    { name: 'Characters and digits', rows: dear.slice(...placed(40, 100)) },
    { name: 'Cost', rows: cost },
  ];
  const table = (): ExportTable => ({
    columns: ['measure', 'unit', ...tokenizers.map(({ label }) => label)],
    rows: groups.flatMap(({ rows }) =>
      rows.map(({ label, unit, values }) => [label, unit, ...values.map((value) => value ?? null)]),
    ),
  });
  const sortedBy = groups.flatMap(({ rows }) => rows).find(({ id }) => id === settings.sort);
  const order = columnOrder(sortedBy, tokenizers.length, settings.descending);
  const lossy = tokenizers.filter((_, i) => segmentations[i]?.loss);
  return (
    <>
      <LossNote names={lossy.map(({ label }) => label)} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={study.scroll} aria-label="Measures" tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={styles.corner}>
                Measure
              </th>
              {order.map((i) => (
                <th key={tokenizers[i]!.id} scope="col" className={styles.column}>
                  {tokenizers[i]!.label}
                </th>
              ))}
            </tr>
          </thead>
          {groups.map(({ name, rows }) => (
            <tbody key={name}>
              <tr>
                <th scope="rowgroup" className={styles.group} colSpan={tokenizers.length + 1}>
                  {name}
                </th>
              </tr>
              {name === 'Cost' ? (
                <tr>
                  <th scope="row" className={styles.name}>
                    Price
                    <small className={styles.words}>US dollars for a million tokens, yours to fill in</small>
                  </th>
                  {order.map((i) => {
                    const { id, label } = tokenizers[i]!;
                    return (
                      <td key={id} className={styles.cell}>
                        <PriceField
                          label={label}
                          price={prices[id]}
                          onChange={(price) => setPrice(id, price)}
                        />
                      </td>
                    );
                  })}
                </tr>
              ) : null}
              {rows.map((row) => (
                <MeasureRow
                  key={row.id}
                  row={row}
                  order={order}
                  tokenizers={tokenizers}
                  isComparable={(i) => !segmentations[i]?.loss}
                  sort={row === sortedBy ? (settings.descending ? 'descending' : 'ascending') : undefined}
                  onSort={() => onSort(row.id, row === sortedBy && !settings.descending)}
                />
              ))}
            </tbody>
          ))}
        </table>
      </section>
      <div className={study.controls}>
        <ExportMenu name="measures" table={table} />
      </div>
    </>
  );
}

function placed(from: number, to: number): [number, number] {
  const indexOf = (place: number) => {
    const at = dearTextMeasures.findIndex((measure) => measure.place >= place);
    return at < 0 ? dearTextMeasures.length : at;
  };
  return [indexOf(from), indexOf(to)];
}

function costRows(
  counts: readonly (number | undefined)[],
  tokenizers: readonly LabTokenizer[],
  prices: Readonly<Record<string, number>>,
  window: number,
): readonly Row[] {
  return [
    {
      id: 'price',
      label: 'Cost of the text',
      summary: 'Tokens times the price that you gave.',
      unit: 'US dollars',
      words: 'US dollars, lower is better',
      better: 'lower',
      values: counts.map((count, i) => {
        const price = prices[tokenizers[i]!.id];
        return count === undefined || price === undefined ? undefined : (count * price) / PRICED_TOKENS;
      }),
      show: formatPrice,
    },
    {
      id: 'window',
      label: 'Context window filled',
      summary: 'Tokens divided by the tokens that the window holds.',
      unit: 'of the window',
      words: '% of the window, lower is better',
      better: 'lower',
      values: counts.map((count) => count && count / window),
      show: percent,
    },
  ];
}

interface MeasureRowProps {
  readonly row: Row;
  readonly order: readonly number[];
  readonly tokenizers: readonly LabTokenizer[];
  readonly isComparable: (column: number) => boolean;
  readonly sort: 'ascending' | 'descending' | undefined;
  readonly onSort: () => void;
}

function MeasureRow({ row, order, tokenizers, isComparable, sort, onSort }: MeasureRowProps) {
  const best = bestOf(row, isComparable);
  const full = row.full ?? Math.max(0, ...row.values.map((value) => value ?? 0));
  return (
    <tr>
      <th scope="row" className={styles.name} aria-sort={sort}>
        <button type="button" className={study.sort} onClick={onSort}>
          {row.label}
        </button>
        <small className={styles.words}>
          {row.summary} In {row.words}.
        </small>
      </th>
      {order.map((i) => (
        <ValueCell
          key={tokenizers[i]!.id}
          value={row.values[i]}
          full={full}
          show={row.show}
          isBest={best.has(i)}
        />
      ))}
    </tr>
  );
}
