import type { TokenGlyphs } from '../../core/text/token-glyphs';
import { cx } from '../../ui/cx';
import { TokenGlyph } from './TokenGlyph';
import styles from './TokenRow.module.css';

/** Says what an outlined token is, where there are any. */
export function TokenLegend({
  glyphs,
  className,
}: {
  readonly glyphs: TokenGlyphs;
  readonly className?: string;
}) {
  const first = glyphs.lost.indexOf(0);
  if (first < 0) return null;
  return (
    <p className={className}>
      <span className={cx(styles.token, styles.spelled, styles.legend)}>
        <TokenGlyph spelling={glyphs.spellings[glyphs.spelling[first]!]!} />
      </span>{' '}
      outlined: the tokenizer’s own, not a piece of your text
    </p>
  );
}
