import type { TokenGlyphs } from '../../core/text/token-glyphs';
import { cx } from '../../ui/cx';
import { TokenGlyph } from './TokenGlyph';
import styles from './TokenRow.module.css';

/** Says what outlined tokens and struck text are, where there are any. */
export function TokenLegend({
  glyphs,
  className,
}: {
  readonly glyphs: TokenGlyphs;
  readonly className?: string;
}) {
  const spelled = glyphs.lost.indexOf(0);
  const lost = glyphs.lost.indexOf(1);
  const spellingOf = (glyph: number) => glyphs.spellings[glyphs.spelling[glyph]!]!;
  return (
    <>
      {spelled < 0 ? null : (
        <p className={className}>
          <span className={cx(styles.token, styles.spelled, styles.legend)}>
            <TokenGlyph spelling={spellingOf(spelled)} />
          </span>{' '}
          outlined: the tokenizer’s own, not a piece of your text
        </p>
      )}
      {lost < 0 ? null : (
        <p className={className}>
          <span className={cx(styles.token, styles.lost, styles.legend)}>
            <TokenGlyph spelling={spellingOf(lost)} />
            <s className={styles.lostText}>text</s>
          </span>{' '}
          struck through: lost, no token holds it
        </p>
      )}
    </>
  );
}
