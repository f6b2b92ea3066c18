import { useId } from 'react';
import { NumberField } from '../../../ui/NumberField';
import type { ImageLab } from '../image-lab';
import styles from './EditTools.module.css';

interface FieldProps {
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** How many tokens at the beginning stay. */
export function HeadField({ value, onChange, count }: FieldProps & { readonly count: number }) {
  const id = useId();
  return (
    <span className={styles.field}>
      <label htmlFor={id}>First</label>
      <NumberField
        id={id}
        label="Tokens at the beginning"
        className={styles.number}
        min={1}
        max={count - 1}
        value={value}
        onChange={onChange}
      />
      tokens
    </span>
  );
}

/** A share of the tokens. */
export function PercentField({ value, onChange }: FieldProps) {
  const id = useId();
  return (
    <span className={styles.field}>
      <label htmlFor={id}>Share</label>
      <NumberField
        id={id}
        label="Share of the tokens, in per cent"
        className={styles.number}
        min={1}
        max={100}
        value={value}
        onChange={onChange}
      />
      %
    </span>
  );
}

/** Shows all tokens where a change of the tail would be out of sight. */
export function showTail({ session, kept }: ImageLab, head: number): void {
  const count = session.lead.opened.get()?.ids.length;
  if (count !== undefined && kept.get() <= head) session.setK(count);
}
