import { useEffect, useState } from 'react';
import { isAborted, toWireError } from '../../../../core/errors';
import type { BestSegmentations } from '../../../../core/text/vocabulary-cut';
import { Button } from '../../../../ui/Button';
import { formatSignificant } from '../../../../ui/format';
import { Notice } from '../../../../ui/Notice';
import { Progress } from '../../../../ui/Progress';
import { TokenLegend } from '../../../../views/token-text/TokenLegend';
import type { SharedScroll } from '../../../../views/token-text/TokenRows';
import { TokenRows } from '../../../../views/token-text/TokenRows';
import { useLab, useTextState } from '../../context';
import styles from './CutText.module.css';
import { tokenizerRef } from './tokenizer-ref';
import type { CutWork, ShownCut } from './use-cut';

/** Nothing scrolls along. */
const ALONE: SharedScroll = { join: () => () => undefined, lead: () => undefined, moved: () => undefined };

const BEST = 5;

export interface CutTextProps {
  /** The tokenizer's name. */
  readonly label: string;
  readonly work: CutWork;
  readonly shown: ShownCut | null;
  /** Of a row, in half cells. */
  readonly onWidth: (halfCells: number) => void;
}

/** The text as the cut vocabulary cuts it. */
export function CutText({ label, work, shown, onWidth }: CutTextProps) {
  const { busy, progress, error, stop, retry } = work;
  const showWhitespace = useTextState((state) => state.showWhitespace);
  const [pointed, setPointed] = useState<number | null>(null);
  const [pinned, setPinned] = useState(-1);
  const tokens = shown?.segmentation.tokens;
  const at = pointed ?? pinned;
  const mark =
    tokens && at >= 0 && at < tokens.ids.length ? { start: tokens.starts[at]!, end: tokens.ends[at]! } : null;
  return (
    <section className={styles.text} aria-label={`${label}, cut`} aria-busy={busy}>
      {busy ? (
        <div className={styles.work}>
          <Progress
            label={progress?.phase === 'load' ? `Loading ${label}` : 'Cutting the text'}
            share={progress?.phase === 'encode' ? progress.share : undefined}
          />
          <Button size="sm" onClick={stop}>
            Stop
          </Button>
        </div>
      ) : null}
      {error ? (
        <Notice tone="error" title={error.message} onRetry={retry}>
          {error.hint}
        </Notice>
      ) : null}
      {shown ? (
        <>
          <TokenLegend segmentation={shown.segmentation} className={styles.legend ?? ''} />
          <TokenRows
            label={label}
            segmentation={shown.segmentation}
            bytes={shown.document.bytes}
            sheet={shown.document.sheet}
            showWhitespace={showWhitespace}
            mark={mark}
            pinned={pinned}
            scroll={ALONE}
            onWidth={onWidth}
            onPoint={setPointed}
            onPin={(token) => setPinned(token === pinned ? -1 : token)}
            onUnpin={() => setPinned(-1)}
          />
          {shown.cut.by === 'scores' ? <Best label={label} shown={shown} at={mark?.start ?? 0} /> : null}
        </>
      ) : null}
    </section>
  );
}

interface BestProps {
  readonly label: string;
  readonly shown: ShownCut;
  /** A byte of the piece. */
  readonly at: number;
}

/** The most likely segmentations of the word that is pointed at, under the cut vocabulary. */
function Best({ label, shown, at }: BestProps) {
  const { own, segmenter } = useLab();
  const [found, setFound] = useState<BestSegmentations | string | null>(null);
  const { tokenizer: id, document, cut } = shown;
  useEffect(() => {
    const controller = new AbortController();
    const ask = async () => {
      const tokenizer = await tokenizerRef(id, label, own);
      if (!tokenizer) return;
      const { signal } = controller;
      setFound(await segmenter.cutBest({ tokenizer, size: cut.size, at, count: BEST }, document, { signal }));
    };
    ask().catch((error: unknown) => {
      if (!isAborted(error)) setFound(toWireError(error).message);
    });
    return () => controller.abort();
  }, [id, label, document, cut.size, at, own, segmenter]);
  if (found === null) return null;
  if (typeof found === 'string') return <p className={styles.stays}>{found}</p>;
  return (
    <div className={styles.best}>
      <h3 className={styles.heading}>Most likely segmentations here, by the sum of log probabilities</h3>
      <p className={styles.stays}>Point at a token to see those of its word.</p>
      <ol className={styles.list}>
        {found.best.map(({ score, tokens }) => (
          <li key={tokens.map(({ name }) => name).join(' ')}>
            <span className={styles.score}>{formatSignificant(score).replace('-', '\u2212')}</span>
            {tokens.map(({ name, start }, i) => (
              <span key={`${start} ${i.toString()}`} className={styles.piece}>
                {name}
              </span>
            ))}
          </li>
        ))}
      </ol>
    </div>
  );
}
