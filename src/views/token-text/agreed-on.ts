import { type Agreement, ENDS_ALONE, OPENS_ALONE, SHARED } from '../../core/text/agreement';
import type { TokenSequence } from '../../core/text/token-sequence';
import { cx } from '../../ui/cx';
import styles from './agreed-on.module.css';

/** How a token is drawn by what other tokenizers make of it. */
export interface AgreedOn {
  /** Class of its fill. */
  readonly fill: string | undefined;
  /** Classes of the marks at boundaries that not all have. */
  readonly marks: string | undefined;
  /** What is added to its name; empty where all share it. */
  readonly words: string;
}

/**
 * @param continues whether the token has begun in another row
 * @param goesOn whether it goes on in the next row
 */
export function agreedOn(
  agreement: Agreement,
  { starts, ends }: TokenSequence,
  token: number,
  continues: boolean,
  goesOn: boolean,
): AgreedOn {
  const flags = agreement.of(token);
  // Where the next token begins at once, the mark is its own.
  const endsAlone = !goesOn && (flags & ENDS_ALONE) !== 0 && starts[token + 1] !== ends[token];
  return {
    fill: flags & SHARED ? styles.shared : styles.differs,
    marks: cx(!continues && (flags & OPENS_ALONE) !== 0 && styles.opens, endsAlone && styles.ends),
    words: flags & SHARED ? '' : ', cut otherwise elsewhere',
  };
}
