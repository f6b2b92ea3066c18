import { useEffect, useId, useRef, useState } from 'react';
import type { CheckpointLicence } from '../../../../catalog/checkpoints';
import { Button } from '../../../../ui/Button';
import styles from './OfficialModels.module.css';

interface Props {
  readonly licence: CheckpointLicence;
  readonly terms: string;
  readonly onAccept: () => void;
  readonly onDecline: () => void;
}

/** Asks for consent to a licence that restricts use, before anything is downloaded. */
export function Terms({ licence, terms, onAccept, onDecline }: Props) {
  const box = useId();
  const [agrees, setAgrees] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <fieldset className={styles.terms} aria-label="Terms of use">
      <blockquote className={styles.quote}>{terms}</blockquote>
      <p>
        <a href={licence.url} target="_blank" rel="noreferrer">
          {licence.name}
        </a>
      </p>
      <label htmlFor={box} className={styles.agree}>
        <input
          ref={first}
          id={box}
          type="checkbox"
          checked={agrees}
          onChange={(event) => setAgrees(event.target.checked)}
        />
        I use it within these terms.
      </label>
      <div className={styles.buttons}>
        <Button size="sm" variant="primary" disabled={!agrees} onClick={onAccept}>
          Accept and download
        </Button>
        <Button size="sm" variant="quiet" onClick={onDecline}>
          Not now
        </Button>
      </div>
    </fieldset>
  );
}
