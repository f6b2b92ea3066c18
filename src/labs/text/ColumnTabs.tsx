import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { Column } from './Column';
import styles from './Columns.module.css';
import { useColumns } from './context';
import { figureOf } from './figures';
import type { LabTokenizer } from './lab-tokenizers';

/** As many stand one above the other. */
const SHOWN = 2;

/** The columns of a narrow screen: the two that were chosen last, one above the other, and all token counts in sight. */
export function ColumnTabs({ entries }: { readonly entries: readonly LabTokenizer[] }) {
  const columns = useColumns();
  const base = useId();
  const list = useRef<HTMLDivElement>(null);
  // The latest choice comes first.
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const ids = entries.map(({ id }) => id);
  // Where a chosen column went (another encoding of a file is another column), the one in its place is shown.
  const places = useRef(new Map<string, number>());
  ids.forEach((id, i) => {
    places.current.set(id, i);
  });
  const present = (id: string) =>
    ids.includes(id) ? id : ids[Math.min(places.current.get(id) ?? 0, ids.length - 1)]!;
  const latest = [...new Set([...chosen.map(present), ...ids])].slice(0, SHOWN);
  const [current] = latest;
  const choose = (id: string) => setChosen([id, ...latest.filter((other) => other !== id)].slice(0, SHOWN));

  const handleKey = (event: KeyboardEvent) => {
    const { length } = ids;
    const at = ids.indexOf(current!);
    const step = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: length - 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (step + length) % length;
    choose(ids[next]!);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };

  return (
    <div>
      <div
        ref={list}
        className={styles.tabs}
        role="tablist"
        aria-label="Tokenizers"
        aria-multiselectable={ids.length > 1}
        onKeyDown={handleKey}
      >
        {entries.map(({ id, label }) => {
          const segmentation = columns.find((column) => column.id === id)?.result?.segmentation;
          const isShown = latest.includes(id);
          return (
            <button
              key={id}
              type="button"
              role="tab"
              id={`${base}-tab-${id}`}
              aria-controls={isShown ? `${base}-panel-${id}` : undefined}
              aria-selected={isShown}
              tabIndex={id === current ? 0 : -1}
              className={styles.tab}
              onClick={() => choose(id)}
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
      <div className={styles.panels} data-panels={latest.length}>
        {entries.map((entry, i) =>
          latest.includes(entry.id) ? (
            <div
              key={entry.id}
              id={`${base}-panel-${entry.id}`}
              role="tabpanel"
              aria-labelledby={`${base}-tab-${entry.id}`}
            >
              <Column entry={entry} isFirst={i === 0} isLast={i === entries.length - 1} />
            </div>
          ) : null,
        )}
      </div>
    </div>
  );
}
