import { Column } from './Column';
import styles from './Columns.module.css';
import { ColumnTabs } from './ColumnTabs';
import { useColumnTokenizers } from './context';
import { useMedia } from './use-media';

/** One column per tokenizer; on a narrow screen two above each other, chosen by tabs. */
export function Columns() {
  const entries = useColumnTokenizers();
  const narrow = useMedia('(max-width: 720px)');
  if (entries.length === 0) {
    return <p className={styles.empty}>No tokenizer is chosen. Add one above to see the text through it.</p>;
  }
  if (narrow) return <ColumnTabs entries={entries} />;
  return (
    <div className={styles.clip} data-rows={entries.length <= 4 ? 1 : undefined}>
      <div className={styles.grid} data-columns={perRow(entries.length)}>
        {entries.map((entry, i) => (
          <Column key={entry.id} entry={entry} isFirst={i === 0} isLast={i === entries.length - 1} />
        ))}
      </div>
    </div>
  );
}

/** Columns side by side where there is room; more of them form even rows. */
function perRow(count: number): number {
  if (count <= 4) return count;
  return count % 4 === 0 || count > 6 ? 4 : 3;
}
