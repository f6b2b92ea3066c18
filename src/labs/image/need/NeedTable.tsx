import { useMemo, useState } from 'react';
import { Button } from '../../../ui/Button';
import { formatBytes, formatInteger, formatSignificant } from '../../../ui/format';
import type { PictureNeed } from './measure-pictures';
import styles from './NeedTable.module.css';
import { bytesOf } from './need-model';
import type { PageRun } from './needing-state';
import { measureOf } from './protocol';

/** Rows that are drawn at first, and with every "more". */
const PAGE = 50;

interface Column {
  readonly id: string;
  readonly label: string;
  /** What it is sorted by. */
  readonly key: (picture: PictureNeed) => number | string;
  readonly show: (picture: PictureNeed) => string;
  /** The column at which a model begins. */
  readonly first?: boolean;
}

/** Every measured picture in a row; a column's name sorts by it, a picture's name opens it in the lab. */
export function NeedTable({
  run,
  onOpen,
}: {
  readonly run: PageRun;
  readonly onOpen: (index: number) => void;
}) {
  const [sort, setSort] = useState<{ readonly by: string; readonly down: boolean }>({ by: '', down: false });
  const [rows, setRows] = useState(PAGE);
  const { pictures, models, question } = run;
  const columns = useMemo(() => columnsOf(run), [run]);
  const all = [NAME, SIZE, BYTES, ...columns];
  const sorted = useMemo(() => {
    const column = [NAME, SIZE, BYTES, ...columns].find(({ id }) => id === sort.by);
    if (!column) return pictures;
    const way = sort.down ? -1 : 1;
    return [...pictures].sort((a, b) => way * order(column.key(a), column.key(b)) || a.index - b.index);
  }, [pictures, columns, sort]);
  const head = (column: Column) => (
    <th
      key={column.id}
      scope="col"
      data-first={column.first || undefined}
      className={column === NAME ? styles.name : styles.number}
      aria-sort={sort.by === column.id ? (sort.down ? 'descending' : 'ascending') : undefined}
    >
      <button
        type="button"
        className={styles.sort}
        onClick={() => setSort({ by: column.id, down: sort.by === column.id && !sort.down })}
      >
        {column.label}
      </button>
    </th>
  );
  const unit = measureOf(question.measure).unit;
  return (
    <div className={styles.box}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={styles.scroll} aria-label="Pictures and the tokens they need" tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th colSpan={3} />
              {models.map((model) => (
                <th
                  key={model.id}
                  scope="colgroup"
                  colSpan={columns.length / models.length}
                  className={styles.model}
                  data-first
                >
                  {model.label}
                </th>
              ))}
            </tr>
            <tr>{all.map(head)}</tr>
          </thead>
          <tbody>
            {sorted.slice(0, rows).map((picture) => (
              <tr key={picture.index}>
                <th scope="row" className={styles.name}>
                  <button type="button" className={styles.open} onClick={() => onOpen(picture.index)}>
                    {picture.name}
                  </button>
                </th>
                {all.slice(1).map((column) => (
                  <td key={column.id} className={styles.number} data-first={column.first || undefined}>
                    {column.show(picture)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className={styles.note}>
        {`Quality is ${measureOf(question.measure).label}${unit && ` in ${unit}`}. A picture's name opens it.`}
        {sorted.length > rows ? (
          <Button size="sm" onClick={() => setRows(rows + 4 * PAGE)}>
            {`Show more of ${formatInteger(sorted.length)}`}
          </Button>
        ) : null}
      </p>
    </div>
  );
}

const NAME: Column = { id: 'name', label: 'Picture', key: ({ name }) => name, show: ({ name }) => name };
const SIZE: Column = {
  id: 'size',
  label: 'Size',
  key: ({ width, height }) => width * height,
  show: ({ width, height }) => `${width} × ${height}`,
};
const BYTES: Column = {
  id: 'bytes',
  label: 'File',
  key: ({ bytes }) => bytes,
  show: ({ bytes }) => formatBytes(bytes),
};

function columnsOf({ models }: PageRun): Column[] {
  return models.flatMap((model, i): Column[] => {
    const { count, ordered } = model.tokens;
    const qualityAt = (k: number) => (picture: PictureNeed) =>
      picture.needs[i]!.curve.find((point) => point.k === k)?.quality ?? Number.NaN;
    const shown = ordered ? [16, 64].filter((k) => k < count) : [];
    return [
      {
        id: `${model.id} k`,
        label: 'Tokens',
        first: true,
        key: ({ needs }) => needs[i]!.k ?? Number.POSITIVE_INFINITY,
        show: ({ needs }) => (needs[i]!.k === null ? `> ${count}` : String(needs[i]!.k)),
      },
      {
        id: `${model.id} bytes`,
        label: 'Bytes',
        key: ({ needs }) => needs[i]!.k ?? Number.POSITIVE_INFINITY,
        show: ({ needs }) => (needs[i]!.k === null ? '' : String(bytesOf(model, needs[i]!.k!))),
      },
      ...[...shown, count].map((k) => ({
        id: `${model.id} at ${k}`,
        label: `at ${k}`,
        key: qualityAt(k),
        show: (picture: PictureNeed) => formatSignificant(qualityAt(k)(picture)),
      })),
    ];
  });
}

function order(a: number | string, b: number | string): number {
  if (typeof a === 'string' && typeof b === 'string') return a.localeCompare(b, 'en', { numeric: true });
  return a < b ? -1 : a > b ? 1 : 0;
}
