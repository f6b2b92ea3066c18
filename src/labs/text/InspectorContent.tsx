import { tokenPieces } from '../../core/text/display';
import { formatInteger } from '../../ui/format';
import { countOverlapping } from '../../views/token-text/overlap';
import { TokenPieces } from '../../views/token-text/TokenPieces';
import { useColumns, useTokenFocus, useTokenizerLabel } from './context';
import { characterEnd } from './documents';
import styles from './InspectorContent.module.css';
import type { TokenPlace } from './token-focus';

/** How many bytes and characters of a token are listed; the rest is counted. */
const SHOWN_BYTES = 24;

/** The token under the pointer, or the pinned one, in one line. */
export function InspectorContent() {
  const pointed = useTokenFocus((state) => state.pointed);
  const pinned = useTokenFocus((state) => state.pinned);
  const place = pointed ?? pinned;
  return (
    <>
      {place ? (
        <Readout place={place} />
      ) : (
        <p className={styles.hint}>Point at a token to read it; click or tap it to see how it came about.</p>
      )}
    </>
  );
}

function Readout({ place }: { readonly place: TokenPlace }) {
  const { tokenizer, document, id, start, end, spelling, isLost } = place;
  const { bytes } = document;
  const labelOf = useTokenizerLabel();
  const shownEnd = end - start <= SHOWN_BYTES ? end : characterEnd(bytes, start + SHOWN_BYTES);
  const hex = Array.from(bytes.subarray(start, shownEnd), (byte) =>
    byte.toString(16).padStart(2, '0').toUpperCase(),
  );
  return (
    <dl className={styles.readout}>
      <div>
        <dt>{labelOf(tokenizer)}</dt>
        <dd className={styles.text} dir="auto">
          {spelling}
          {spelling === undefined || isLost ? (
            <TokenPieces pieces={tokenPieces(bytes, start, shownEnd)} showWhitespace />
          ) : null}
        </dd>
      </div>
      <div>
        <dt>id</dt>
        <dd>{id}</dd>
      </div>
      <div className={styles.hex}>
        <dt>{isLost ? 'lost bytes in hex' : 'bytes in hex'}</dt>
        <dd>
          {spelling === undefined || isLost
            ? `${hex.join(' ')}${end > shownEnd ? ` and ${formatInteger(end - shownEnd)} more` : ''}`
            : 'none of its own'}
        </dd>
      </div>
      <div>
        <dt>byte span</dt>
        <dd>
          {start}–{end}
        </dd>
      </div>
      <Elsewhere place={place} />
    </dl>
  );
}

/** How many tokens the other tokenizers spend on the same bytes. */
function Elsewhere({ place }: { readonly place: TokenPlace }) {
  const labelOf = useTokenizerLabel();
  const others = useColumns().flatMap(({ id, result }) => {
    if (id === place.tokenizer || result?.document !== place.document) return [];
    const count = countOverlapping(result.segmentation.tokens, place.start, place.end);
    return [`${labelOf(id)} ${formatInteger(count)}`];
  });
  if (others.length === 0) return null;
  return (
    <div className={styles.elsewhere}>
      <dt>tokens on the same bytes</dt>
      <dd>{others.join(' · ')}</dd>
    </div>
  );
}
