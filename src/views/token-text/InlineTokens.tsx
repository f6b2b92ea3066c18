import { useState } from 'react';
import { tokenPieces } from '../../core/text/display';
import { encodeUtf8 } from '../../core/text/utf8';
import { Button } from '../../ui/Button';
import { cx } from '../../ui/cx';
import { formatInteger } from '../../ui/format';
import styles from './InlineTokens.module.css';
import { TokenPieces } from './TokenPieces';
import rows from './TokenRow.module.css';

/** A piece of a text as an experiment draws it. */
export interface InlineToken {
  /** Its text, or its bytes where a boundary divides a character. */
  readonly text: string | Uint8Array;
  /** Which fill, 0 to 7: `assignHues` of src/core/hues.ts. None gives an outline. */
  readonly hue?: number;
  /** What it is about stands out (underlined and bold); what is not recedes. */
  readonly emphasis?: 'strong' | 'muted';
  /** Said by a tooltip and to screen readers: "superword of 3 words". */
  readonly note?: string;
}

export interface InlineTokensProps {
  /** What they are, for screen readers: "SuperBPE's tokens". */
  readonly label: string;
  readonly tokens: readonly InlineToken[];
  /** So many are drawn until the rest is asked for. */
  readonly limit?: number;
}

/** How many are drawn at most, whatever is asked for: the text lab is the place for long texts. */
const MOST = 5000;

/** Tokens of a short text in running lines, in the look of the text lab. */
export function InlineTokens({ label, tokens, limit = 400 }: InlineTokensProps) {
  const [isWhole, setWhole] = useState(false);
  const count = Math.min(tokens.length, isWhole ? MOST : limit);
  return (
    <div>
      {/* biome-ignore lint/a11y/useSemanticElements: a list of thousands of items would be read out one by one */}
      <p className={styles.tokens} role="group" aria-label={label} dir="auto">
        {tokens.slice(0, count).map(({ text, hue, emphasis, note }, i) => {
          const bytes = typeof text === 'string' ? encodeUtf8(text) : text;
          return (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: tokens of one text have no other identity
              key={i}
              className={cx(
                styles.token,
                hue === undefined ? styles.outlined : rows[`hue${hue % 8}`],
                emphasis && styles[emphasis],
              )}
              title={note}
            >
              <TokenPieces pieces={tokenPieces(bytes, 0, bytes.length)} showWhitespace={false} />
              {note ? <span className="visually-hidden"> ({note}) </span> : null}
              {bytes.at(-1) === 10 ? <br /> : null}
            </span>
          );
        })}
      </p>
      {count < tokens.length ? (
        <p className={styles.more}>
          {formatInteger(count)} of {formatInteger(tokens.length)} tokens.{' '}
          {isWhole ? null : (
            <Button size="sm" variant="quiet" onClick={() => setWhole(true)}>
              Show {tokens.length > MOST ? formatInteger(MOST) : 'all'}
            </Button>
          )}
        </p>
      ) : null}
    </div>
  );
}
