import { useEffect, useRef, useState } from 'react';
import { fromWireError, isAborted, type TokenoscopeError, toWireError } from '../../../../core/errors';
import type { SplitText } from '../../../../engine/text/study.api';
import { Button } from '../../../../ui/Button';
import { Notice } from '../../../../ui/Notice';
import { download } from '../../../../views/export/download';
import { useLab } from '../../context';
import type { TextDocument } from '../../documents';
import { type LabTokenizer, sourceOf } from '../../lab-tokenizers';
import study from '../../study.module.css';
import styles from './Split.module.css';

export interface DownloadsProps {
  readonly tokenizer: LabTokenizer;
  readonly document: TextDocument;
  readonly pieces: SplitText;
}

const TYPES = { zip: 'application/zip', jsonl: 'application/jsonl' } as const;

/** The pieces as files: the tokenizer's worker makes them. */
export function Downloads({ tokenizer, document, pieces }: DownloadsProps) {
  const { own, segmenter } = useLab();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<TokenoscopeError | null>(null);
  const work = useRef<AbortController>(null);
  useEffect(() => () => work.current?.abort(), []);

  const save = async (format: 'zip' | 'jsonl') => {
    const controller = new AbortController();
    work.current?.abort();
    work.current = controller;
    setBusy(true);
    setError(null);
    try {
      const { id, label } = tokenizer;
      const spec = await sourceOf(id, own);
      if (!spec) return;
      const packed = await segmenter.pack(
        { id, label, spec },
        { pieces, format },
        document,
        controller.signal,
      );
      if (controller.signal.aborted) return;
      download(new Blob([packed as Uint8Array<ArrayBuffer>], { type: TYPES[format] }), `pieces.${format}`);
    } catch (cause) {
      if (!isAborted(cause)) setError(fromWireError(toWireError(cause)));
    } finally {
      if (work.current === controller) setBusy(false);
    }
  };

  return (
    <>
      <div className={study.end} aria-busy={busy}>
        <Button size="sm" disabled={busy} onClick={() => void save('zip')}>
          Download .zip
        </Button>
        <Button size="sm" disabled={busy} onClick={() => void save('jsonl')}>
          Download JSONL
        </Button>
      </div>
      {error ? (
        <div className={styles.error}>
          <Notice tone="error" title={error.message} onDismiss={() => setError(null)}>
            {error.hint}
          </Notice>
        </div>
      ) : null}
    </>
  );
}
