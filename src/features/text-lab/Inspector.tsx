import { useMemo } from 'react';
import { findTextTokenizer } from '../../catalog/text-tokenizers';
import { tokenPieces } from '../../core/text/display';
import { Button } from '../../ui/Button';
import { formatInteger } from '../../ui/format';
import { Icon } from '../../ui/Icon';
import { useColumns } from './columns';
import { characterEnd, utf16Span } from './document';
import styles from './Inspector.module.css';
import { countOverlapping } from './overlap';
import { useTextLab } from './store';
import { TokenPieces } from './TokenPieces';
import { type TokenPlace, unpin, useTokenFocus } from './token-focus';

/** Bytes and characters of a token that are spelt out; the rest is counted. */
const SHOWN_BYTES = 24;

/** The read-out of the token under the pointer, or of the pinned one. */
export function Inspector() {
  const pointed = useTokenFocus((state) => state.pointed);
  const pinned = useTokenFocus((state) => state.pinned);
  const place = pointed ?? pinned;
  return (
    <section className={styles.inspector} aria-label="Token">
      {place ? (
        <Readout place={place} />
      ) : (
        <p className={styles.hint}>Point at a token to read it; click or tap to pin it.</p>
      )}
      {pinned ? (
        <Button
          variant="quiet"
          size="sm"
          className={styles.unpin}
          icon={<Icon name="close" />}
          aria-label="Unpin the token"
          onClick={unpin}
        />
      ) : null}
    </section>
  );
}

function Readout({ place }: { readonly place: TokenPlace }) {
  const { tokenizer, id, start, end } = place;
  const bytes = useTextLab((state) => state.document.bytes);
  const utf16 = useMemo(() => utf16Span(bytes, start, end), [bytes, start, end]);
  const shownEnd = end - start <= SHOWN_BYTES ? end : characterEnd(bytes, start + SHOWN_BYTES);
  const hex = Array.from(bytes.subarray(start, shownEnd), (byte) =>
    byte.toString(16).padStart(2, '0').toUpperCase(),
  );
  return (
    <dl className={styles.readout}>
      <div>
        <dt>{findTextTokenizer(tokenizer)?.label}</dt>
        <dd className={styles.text}>
          <TokenPieces pieces={tokenPieces(bytes, start, shownEnd)} showWhitespace />
        </dd>
      </div>
      <div>
        <dt>id</dt>
        <dd>{id}</dd>
      </div>
      <div className={styles.hex}>
        <dt>bytes in hex</dt>
        <dd>
          {hex.join(' ')}
          {end > shownEnd ? ` and ${formatInteger(end - shownEnd)} more` : ''}
        </dd>
      </div>
      <div>
        <dt>byte span</dt>
        <dd>
          {start}–{end}
        </dd>
      </div>
      <div>
        <dt>UTF-16 span</dt>
        <dd>
          {utf16[0]}–{utf16[1]}
        </dd>
      </div>
      <Elsewhere place={place} />
    </dl>
  );
}

/** How many tokens the other tokenizers spend on the same bytes. */
function Elsewhere({ place }: { readonly place: TokenPlace }) {
  const tokenizers = useTextLab((state) => state.tokenizers);
  const document = useTextLab((state) => state.document);
  const columns = useColumns();
  const others = tokenizers.flatMap((id) => {
    const result = columns[id]?.result;
    if (id === place.tokenizer || result?.document !== document) return [];
    const count = countOverlapping(result.segmentation.tokens, place.start, place.end);
    return [`${findTextTokenizer(id)?.label} ${formatInteger(count)}`];
  });
  if (others.length === 0) return null;
  return (
    <div className={styles.elsewhere}>
      <dt>tokens on the same bytes</dt>
      <dd>{others.join(' · ')}</dd>
    </div>
  );
}
