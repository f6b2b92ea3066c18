import { useRef, useState } from 'react';
import { DEFAULT_HUB } from '../../engine/weights/default-hub';
import { parseHub } from '../../engine/weights/source';
import { Button } from '../../ui/Button';
import styles from './HubAddress.module.css';

/** The hub at which names without an address are looked up, and the way to change it. */
export function HubAddress({
  hub,
  onChange,
}: {
  readonly hub: string;
  readonly onChange: (hub: string) => void;
}) {
  const [problem, setProblem] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const take = () => {
    try {
      onChange(parseHub(field.current?.value ?? ''));
      setProblem('');
    } catch (error) {
      setProblem(error instanceof Error ? error.message : '');
    }
  };
  return (
    <details className={styles.hub}>
      <summary>Names are looked up at {hub.replace(/^https?:\/\//, '')}</summary>
      <div className={styles.row}>
        <input
          ref={field}
          className={styles.input}
          aria-label="Hub address"
          aria-invalid={problem !== ''}
          defaultValue={hub}
          placeholder={DEFAULT_HUB}
          spellCheck={false}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault(); // it would submit the form around
            take();
          }}
        />
        <Button size="md" onClick={take}>
          Use
        </Button>
      </div>
      {problem ? <p className={styles.wrong}>{problem}</p> : null}
    </details>
  );
}
