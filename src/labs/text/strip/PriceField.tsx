import { useId, useLayoutEffect, useRef, useState } from 'react';
import { readPrice } from './ranking';
import styles from './Strip.module.css';

export interface PriceFieldProps {
  /** Whose price it is. */
  readonly label: string;
  /** US dollars for a million tokens; undefined while none is set. */
  readonly price: number | undefined;
  /** Called when the field is left or Enter is pressed: a new order while somebody types would move the field away. */
  readonly onPrice: (price: number | undefined) => void;
}

/** A price for a million tokens, to type. */
export function PriceField({ label, price, onPrice }: PriceFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const keepsFocus = useRef(false);
  const hintId = useId();
  const typed = draft ?? (price === undefined ? '' : String(price));
  const read = readPrice(typed);

  // A row that moves to another place loses the focus.
  useLayoutEffect(() => {
    if (!keepsFocus.current) return;
    keepsFocus.current = false;
    field.current?.focus();
  });

  const settle = () => {
    if (draft === null || read === null) return;
    setDraft(null);
    if (read !== price) onPrice(read);
  };
  return (
    <span className={styles.price}>
      <span aria-hidden="true">$</span>
      <input
        ref={field}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        placeholder="set a price"
        aria-label={`Price of ${label} in US dollars for a million tokens`}
        aria-invalid={read === null}
        aria-describedby={read === null ? hintId : undefined}
        value={typed}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setDraft(null);
          if (event.key !== 'Enter') return;
          keepsFocus.current = true;
          settle();
        }}
      />
      <span className={styles.per} aria-hidden="true">
        / 1M
      </span>
      {read === null ? (
        <span id={hintId} role="alert" className={styles.hint}>
          A number, such as 2.50
        </span>
      ) : null}
    </span>
  );
}
