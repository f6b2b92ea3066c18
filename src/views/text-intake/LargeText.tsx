import { type ReactNode, useEffect, useRef } from 'react';
import { formatBytes } from '../../ui/format';
import styles from './TextField.module.css';

export interface LargeTextProps {
  /** What it is called: its file's name, or "Large text". */
  readonly name: string;
  /** Size in bytes of UTF-8. */
  readonly size: number;
  /** How it begins. */
  readonly beginning: string;
  /** Shown after the size. */
  readonly detail: ReactNode;
  /** Buttons. */
  readonly actions: ReactNode;
}

/** Shown instead of the field for a text that is too large to edit in place. */
export function LargeText({ name, size, beginning, detail, actions }: LargeTextProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The field that had the focus is gone.
    if (window.document.activeElement === window.document.body) box.current?.focus({ preventScroll: true });
  }, []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would promise form controls
    <div ref={box} className={styles.large} role="group" aria-label="Large text" tabIndex={-1}>
      <div className={styles.largeHead}>
        <p>
          <strong>{name}</strong>{' '}
          <span className={styles.muted}>
            {formatBytes(size)}, tokenized in full
            {detail}
          </span>
        </p>
        <div className={styles.largeActions}>{actions}</div>
      </div>
      <p className={styles.preview} dir="auto">
        {beginning}
      </p>
    </div>
  );
}
