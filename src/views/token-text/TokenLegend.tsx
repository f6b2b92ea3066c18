import { CHANGED, SPACE_ADDED } from '../../core/text/token-changes';
import type { Segmentation } from '../../engine/text/text.api';
import { cx } from '../../ui/cx';
import { TokenGlyph } from './TokenGlyph';
import styles from './TokenRow.module.css';

/** Says what outlined, struck and underlined tokens are, where there are any. */
export function TokenLegend({
  segmentation,
  className,
}: {
  readonly segmentation: Pick<Segmentation, 'glyphs' | 'changes' | 'loss'>;
  readonly className?: string;
}) {
  const { glyphs, changes, loss } = segmentation;
  const spelled = glyphs.lost.indexOf(0);
  const lost = glyphs.lost.indexOf(1);
  const spellingOf = (glyph: number) => glyphs.spellings[glyphs.spelling[glyph]!]!;
  const isAny = (kind: number) => changes.kinds.some((one) => (one & kind) > 0);
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
      {isAny(SPACE_ADDED) ? (
        <p className={className}>
          <span className={cx(styles.token, styles.hue4, styles.spaceAdded, styles.legend)}>text</span> dashed
          edge: read with a space in front that your text does not have
        </p>
      ) : null}
      {isAny(CHANGED) ? (
        <p className={className}>
          <span className={cx(styles.token, styles.hue4, styles.changed, styles.legend)}>Téxt</span> dotted
          line: read as other characters; click one to see which
        </p>
      ) : null}
      {lost >= 0 ? (
        <p className={className}>
          <span className={cx(styles.token, styles.lost, styles.legend)}>
            <TokenGlyph spelling={spellingOf(lost)} />
            <s className={styles.lostText}>text</s>
          </span>{' '}
          struck through: lost, no token holds it
        </p>
      ) : loss ? (
        <p className={className}>
          <s className={cx(styles.gap, styles.legend, styles.lostText)}>text</s> struck through: lost, no
          token holds it
        </p>
      ) : null}
    </>
  );
}
