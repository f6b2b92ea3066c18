import { useEffect, useRef, useState } from 'react';
import { Button } from '../../../ui/Button';
import { RareIcon } from '../../../ui/RareIcon';
import styles from './AddCheckpoint.module.css';

interface Props {
  /** What is deleted, as in "Delete X". */
  readonly name: string;
  /** How to get it back, as a sentence. */
  readonly back: string;
  readonly onDelete: () => void;
}

/** Deletes something that took minutes to download, and asks once before it does. */
export function DeleteButton({ name, back, onDelete }: Props) {
  const [asks, setAsks] = useState(false);
  const keep = useRef<HTMLSpanElement>(null);
  const first = useRef<HTMLSpanElement>(null);
  const asked = useRef(false);
  useEffect(() => {
    if (asks) asked.current = true;
    if (asked.current) (asks ? keep : first).current?.querySelector('button')?.focus();
  }, [asks]);
  if (!asks) {
    return (
      <span ref={first}>
        <Button
          variant="quiet"
          size="sm"
          icon={<RareIcon name="trash" size={14} />}
          aria-label={`Delete ${name}`}
          onClick={() => setAsks(true)}
        />
      </span>
    );
  }
  return (
    <fieldset className={styles.asks} aria-label={`Delete ${name}?`}>
      <span className={styles.small}>{back}</span>
      <Button size="sm" onClick={onDelete}>
        Delete
      </Button>
      <span ref={keep}>
        <Button variant="quiet" size="sm" onClick={() => setAsks(false)}>
          Keep
        </Button>
      </span>
    </fieldset>
  );
}
