import { useCallback, useEffect, useRef } from 'react';
import { tokenPieces } from '../../../core/text/display';
import { Button } from '../../../ui/Button';
import { formatInteger } from '../../../ui/format';
import { Icon } from '../../../ui/Icon';
import { TokenPieces } from '../../../views/token-text/TokenPieces';
import { useLab, useTokenFocus, useTokenizerLabel } from '../context';
import { characterEnd } from '../documents';
import type { TokenPlace } from '../token-focus';
import { Facts } from './Facts';
import { Formation } from './Formation';
import { keepInSight, pinnedToken } from './keep-in-sight';
import { Occurrences, SameBytes } from './Places';
import { readingOf } from './reading';
import { Spans } from './Spans';
import styles from './TokenInspector.module.css';
import { useExplanation } from './use-explanation';
import { Variants } from './Variants';

/** Bytes of a token that are drawn in the head. */
const SHOWN_BYTES = 64;

/** Everything about the pinned token: a panel beside the columns, on narrow windows a sheet at the foot. */
export function TokenInspector() {
  const place = useTokenFocus((state) => state.pinned);
  return place ? <Inspected place={place} /> : null;
}

function Inspected({ place }: { readonly place: TokenPlace }) {
  const { focus } = useLab();
  const labelOf = useTokenizerLabel();
  const panel = useRef<HTMLElement>(null);
  const { explanation, failure } = useExplanation(place);
  const { document, start, end, spelling, isLost, index } = place;
  const close = useCallback(() => {
    const token = pinnedToken();
    focus.unpin();
    token?.focus({ preventScroll: true });
  }, [focus]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      // A menu or a field has its own use for the key.
      if (event.target instanceof Element && event.target.closest('[popover], dialog, input, textarea'))
        return;
      close();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [close]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for every token
  useEffect(() => {
    if (panel.current) panel.current.scrollTop = 0;
  }, [place]);

  // A sheet grows when the explanation arrives.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for every token, and again when the sheet has grown
  useEffect(() => (panel.current ? keepInSight(panel.current) : undefined), [place, explanation]);

  const shownEnd = end - start <= SHOWN_BYTES ? end : characterEnd(document.bytes, start + SHOWN_BYTES);
  const reading = readingOf(place, explanation?.entry);
  return (
    <aside
      ref={panel}
      className={styles.inspector}
      aria-label="Inspector"
      aria-busy={!explanation && !failure}
    >
      <header className={styles.head}>
        <p className={styles.where}>
          {labelOf(place.tokenizer)}, token {formatInteger(index + 1)}
        </p>
        <Button
          variant="quiet"
          size="sm"
          icon={<Icon name="close" />}
          aria-label="Close the inspector"
          onClick={close}
        />
        <h2 className={styles.token} dir="auto">
          {spelling}
          {spelling === undefined || isLost ? (
            <span className={isLost ? styles.lost : undefined}>
              <TokenPieces pieces={tokenPieces(document.bytes, start, shownEnd)} showWhitespace />
            </span>
          ) : null}
          {shownEnd < end ? '…' : ''}
        </h2>
      </header>
      {reading.map((sentence) => (
        <p key={sentence} className={styles.reading}>
          {sentence}
        </p>
      ))}
      {failure ? <p role="alert">{failure}</p> : null}
      <Facts place={place} explanation={explanation} />
      {explanation ? (
        <>
          <section>
            <h3>How it was formed</h3>
            <Formation formation={explanation.formation} />
          </section>
          <section>
            <h3>Written otherwise</h3>
            <Variants id={place.id} variants={explanation.variants} />
          </section>
        </>
      ) : failure ? null : (
        <p className={styles.waiting}>Tracing how it was formed…</p>
      )}
      <section>
        <h3>In this text</h3>
        <Occurrences place={place} />
      </section>
      <SameBytes place={place} />
      <Spans place={place} />
    </aside>
  );
}
