import { useEffect, useRef } from 'react';
import { Button } from '../../ui/Button';
import { formatBytes } from '../../ui/format';
import { beginning, type TextDocument } from './document';
import { clearText, editBeginning } from './store';
import styles from './TextInput.module.css';

const PREVIEW_BYTES = 600;

/** Stands for a text that is too large to be edited in place. */
export function LargeText({ document }: { readonly document: TextDocument }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The field that had the focus has gone.
    if (window.document.activeElement === window.document.body) box.current?.focus({ preventScroll: true });
  }, []);
  const { origin } = document;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would promise form controls
    <div ref={box} className={styles.large} role="group" aria-label="Large text" tabIndex={-1}>
      <div className={styles.largeHead}>
        <p>
          <strong>{origin.kind === 'file' ? origin.name : 'Large text'}</strong>{' '}
          <span className={styles.muted}>{formatBytes(document.bytes.length)}, shown below in full</span>
        </p>
        <div className={styles.largeActions}>
          <Button size="sm" onClick={editBeginning}>
            Edit the first 20 kB
          </Button>
          <Button size="sm" onClick={clearText}>
            Clear
          </Button>
        </div>
      </div>
      <p className={styles.preview} dir="auto">
        {beginning(document, PREVIEW_BYTES)}
      </p>
    </div>
  );
}
