import { useState } from 'react';
import styles from './KField.module.css';
import { setK } from './session';

/** k as a number to type. What is typed counts at once where it is in range; leaving the field mends the rest. */
export function KField({ k, count }: { readonly k: number; readonly count: number }) {
  const [draft, setDraft] = useState<string | null>(null);
  const type = (text: string) => {
    setDraft(text);
    const value = Number(text);
    if (text !== '' && Number.isInteger(value) && value >= 1 && value <= count) setK(value);
  };
  const settle = () => {
    if (draft !== null && draft.trim() !== '' && Number.isFinite(Number(draft))) setK(Number(draft));
    setDraft(null);
  };
  return (
    <label className={styles.field}>
      <span className={styles.name}>k</span>
      <input
        className={styles.input}
        type="number"
        inputMode="numeric"
        aria-label="Number of tokens kept, k"
        min={1}
        max={count}
        step={1}
        value={draft ?? k}
        onChange={(event) => type(event.target.value)}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle();
          if (event.key === 'Escape') setDraft(null);
        }}
        onFocus={(event) => event.target.select()}
      />
      <span className={styles.count}>of {count}</span>
    </label>
  );
}
