import type { TokenExplanation } from '../../../core/text/token-explanation';
import { formatInteger } from '../../../ui/format';
import { characterEnd } from '../documents';
import type { TokenPlace } from '../token-focus';
import { formatScore } from './Formation';
import styles from './TokenInspector.module.css';

/** Bytes that are listed; the rest is counted. */
const SHOWN_BYTES = 32;

/** What one line of the inspector says about spellings that are no text: what their first characters mean. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^\u0120/, 'Ġ is how this vocabulary writes a space.'],
  [/^\u2581/, '▁ is how this vocabulary writes a space.'],
  [/^##/, '## says that it continues a word.'],
  [/^<0x[0-9A-F]{2}>$/, 'A single byte of a character that has no token.'],
  [/\\x[0-9A-F]{2}/, '\\x… are bytes that are no whole character.'],
];

/** The token in its vocabulary: spelling, id, bytes, and its rank or score. */
export function Facts({
  place,
  explanation,
}: {
  readonly place: TokenPlace;
  readonly explanation: TokenExplanation | undefined;
}) {
  const { document, start, end, spelling, isLost } = place;
  const name = explanation?.entry?.name;
  const hasText = spelling === undefined || isLost;
  const shownEnd = end - start <= SHOWN_BYTES ? end : characterEnd(document.bytes, start + SHOWN_BYTES);
  const hex = Array.from(document.bytes.subarray(start, shownEnd), (byte) =>
    byte.toString(16).padStart(2, '0').toUpperCase(),
  );
  const formation = explanation?.formation;
  const rank = formation?.kind === 'merges' ? formation.merges.at(-1)?.rank : undefined;
  return (
    <dl className={styles.facts}>
      <div>
        <dt>Spelling</dt>
        <dd>
          <span className={styles.spelling} dir="auto">
            {name === undefined ? '…' : name.replaceAll(' ', '·')}
          </span>
          {SPELLINGS.filter(([pattern]) => name !== undefined && pattern.test(name)).map(([, note]) => (
            <small key={note}>{note}</small>
          ))}
          {explanation?.entry?.special ? <small>A control token: text gives it only on demand.</small> : null}
        </dd>
      </div>
      <div>
        <dt>Id</dt>
        <dd className="mono">{place.id}</dd>
      </div>
      <div>
        <dt>{isLost ? 'Lost bytes' : 'Bytes'}</dt>
        <dd className="mono">
          {hasText
            ? `${hex.join(' ')}${end > shownEnd ? ` and ${formatInteger(end - shownEnd)} more` : ''}`
            : 'none of its own'}
        </dd>
      </div>
      {rank === undefined ? null : (
        <div>
          <dt>Rank</dt>
          <dd>
            <span className="mono">{formatInteger(rank)}</span>
            <small>The place of its last merge in the list of merges.</small>
          </dd>
        </div>
      )}
      {formation?.kind === 'paths' ? (
        <div>
          <dt>Score</dt>
          <dd>
            <span className="mono">{formatScore(formation.score)}</span>
            <small>The logarithm of its probability.</small>
          </dd>
        </div>
      ) : null}
    </dl>
  );
}
