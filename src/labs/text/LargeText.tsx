import { useEffect, useRef } from 'react';
import { Button } from '../../ui/Button';
import { formatBytes } from '../../ui/format';
import { useColumns } from './columns';
import { beginning, type TextDocument } from './document';
import { textJobs } from './jobs';
import { memoryOf } from './memory';
import { clearText, editBeginning, useTextLab } from './store';
import styles from './TextInput.module.css';

const PREVIEW_BYTES = 600;

/** From this size on the memory is stated, and the cutting can be stopped. */
const HEAVY_BYTES = 4_000_000;

/** Stands for a text that is too large to be edited in place. */
export function LargeText({ document }: { readonly document: TextDocument }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The field that had the focus has gone.
    if (window.document.activeElement === window.document.body) box.current?.focus({ preventScroll: true });
  }, []);
  const { origin, bytes } = document;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would promise form controls
    <div ref={box} className={styles.large} role="group" aria-label="Large text" tabIndex={-1}>
      <div className={styles.largeHead}>
        <p>
          <strong>{origin.kind === 'file' ? origin.name : 'Large text'}</strong>{' '}
          <span className={styles.muted}>
            {formatBytes(bytes.length)}, shown below in full
            {bytes.length >= HEAVY_BYTES ? <Memory document={document} /> : null}
          </span>
        </p>
        <div className={styles.largeActions}>
          {bytes.length >= HEAVY_BYTES ? <Stop /> : null}
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

function Memory({ document }: { readonly document: TextDocument }) {
  const ids = useTextLab((state) => state.tokenizers);
  const columns = useColumns();
  const results = ids.map((id) => {
    const result = columns[id]?.result;
    return { id, segmentation: result?.document === document ? result.segmentation : undefined };
  });
  return ` · about ${formatBytes(memoryOf(document, results))} of memory`;
}

function Stop() {
  const columns = useColumns();
  const ids = useTextLab((state) => state.tokenizers);
  const isBusy = ids.some((id) => columns[id]?.busy);
  if (!isBusy) return null;
  return (
    <Button size="sm" onClick={() => textJobs().stop()}>
      Stop cutting
    </Button>
  );
}
