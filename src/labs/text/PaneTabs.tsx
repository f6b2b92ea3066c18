import { type KeyboardEvent, useRef } from 'react';
import { useStore } from 'zustand';
import { useLab } from './context';
import styles from './PaneTabs.module.css';
import { textPanes } from './pane-list';

const TABS = [{ id: null, label: 'Tokens', summary: 'The text, cut by every tokenizer.' }, ...textPanes];

/** What to look at: the columns of tokens, or one of the panes. */
export function PaneTabs() {
  const { panes } = useLab();
  const open = useStore(panes.store, (state) => state.open);
  const list = useRef<HTMLDivElement>(null);
  const index = Math.max(
    0,
    TABS.findIndex(({ id }) => id === open),
  );

  const handleKey = (event: KeyboardEvent) => {
    const step = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: TABS.length - 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (step + TABS.length) % TABS.length;
    panes.show(TABS[next]!.id);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };

  if (TABS.length === 1) return null;
  return (
    <div ref={list} className={styles.tabs} role="tablist" aria-label="What to see" onKeyDown={handleKey}>
      {TABS.map(({ id, label, summary }, i) => (
        <button
          key={id ?? ''}
          type="button"
          role="tab"
          title={summary}
          aria-selected={i === index}
          tabIndex={i === index ? 0 : -1}
          className={styles.tab}
          onClick={() => panes.show(id)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
