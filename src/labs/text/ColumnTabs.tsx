import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { Column } from './Column';
import styles from './Columns.module.css';
import { useColumns } from './context';
import { figureOf } from './figures';
import type { LabTokenizer } from './lab-tokenizers';

/** The columns of a narrow screen: one at a time, all token counts in sight. */
export function ColumnTabs({ entries }: { readonly entries: readonly LabTokenizer[] }) {
  const columns = useColumns();
  const base = useId();
  const list = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState('');
  // Where the chosen column went, the one in its place is shown.
  const place = useRef(0);
  const found = entries.findIndex((entry) => entry.id === chosen);
  const index = Math.min(found < 0 ? place.current : found, entries.length - 1);
  place.current = index;
  const entry = entries[index]!;

  const handleKey = (event: KeyboardEvent) => {
    const step = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: entries.length - 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (step + entries.length) % entries.length;
    setChosen(entries[next]!.id);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };

  return (
    <div>
      <div ref={list} className={styles.tabs} role="tablist" aria-label="Tokenizers" onKeyDown={handleKey}>
        {entries.map(({ id, label }) => {
          const segmentation = columns.find((column) => column.id === id)?.result?.segmentation;
          return (
            <button
              key={id}
              type="button"
              role="tab"
              id={`${base}-${id}`}
              aria-controls={`${base}-panel`}
              aria-selected={id === entry.id}
              tabIndex={id === entry.id ? 0 : -1}
              className={styles.tab}
              onClick={() => setChosen(id)}
            >
              <strong>{label}</strong>
              <span className={segmentation?.loss ? styles.lossy : undefined}>
                {segmentation ? figureOf(segmentation, 'tokens') : '–'}
                {segmentation?.loss ? <small>lossy</small> : null}
              </span>
            </button>
          );
        })}
      </div>
      <div
        id={`${base}-panel`}
        role="tabpanel"
        aria-labelledby={`${base}-${entry.id}`}
        className={styles.panel}
      >
        <Column key={entry.id} entry={entry} isFirst={index === 0} isLast={index === entries.length - 1} />
      </div>
    </div>
  );
}
