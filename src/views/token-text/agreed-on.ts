import { Agreement, ENDS_ALONE, OPENS_ALONE, SHARED } from '../../core/text/agreement';
import type { TokenSequence } from '../../core/text/token-sequence';
import { cx } from '../../ui/cx';
import styles from './agreed-on.module.css';
import type { TokenLooks } from './token-look';

/**
 * How tokens are drawn by what other tokenizers make of them.
 * @param others of the same text
 * @param length bytes of the text
 */
export function agreedOn(
  tokens: TokenSequence,
  others: readonly TokenSequence[],
  length: number,
): TokenLooks {
  const agreement = new Agreement(tokens, others, length);
  const { starts, ends } = tokens;
  return (token, continues, goesOn) => {
    const flags = agreement.of(token);
    // Where the next token begins at once, the mark is its own.
    const endsAlone = !goesOn && (flags & ENDS_ALONE) !== 0 && starts[token + 1] !== ends[token];
    return {
      fill: flags & SHARED ? styles.shared : styles.differs,
      marks: cx(!continues && (flags & OPENS_ALONE) !== 0 && styles.opens, endsAlone && styles.ends),
      words: flags & SHARED ? '' : ', cut otherwise elsewhere',
    };
  };
}
