import { useState } from 'react';
import { readPrice } from '../../strip/ranking';
import study from '../../study.module.css';
import styles from './Measures.module.css';

export interface PriceFieldProps {
  /** The tokenizer. */
  readonly label: string;
  readonly price: number | undefined;
  readonly onChange: (price: number | undefined) => void;
}

/** A price to type. What is no price is marked and said; leaving the field sets it back. */
export function PriceField({ label, price, onChange }: PriceFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const isWrong = draft !== null && readPrice(draft) === null;
  return (
    <span className={styles.price}>
      <span aria-hidden="true">$</span>
      <input
        className={study.number}
        inputMode="decimal"
        aria-label={`Price of a million tokens of ${label}, in US dollars`}
        aria-invalid={isWrong}
        placeholder="none"
        value={draft ?? price ?? ''}
        onChange={({ target: { value } }) => {
          setDraft(value);
          const read = readPrice(value);
          if (read !== null) onChange(read);
        }}
        onBlur={() => setDraft(null)}
      />
      {isWrong ? <small role="alert">A number from 0 to 100,000</small> : null}
    </span>
  );
}
