import { tokenPieces } from '../../core/text/display';
import { encodeUtf8 } from '../../core/text/utf8';
import { TokenPieces } from './TokenPieces';
import styles from './TokenRow.module.css';

/** A token's spelling in the vocabulary, in an outline because it is not a piece of the text. */
export function TokenGlyph({ spelling }: { readonly spelling: string }) {
  const bytes = encodeUtf8(spelling);
  return (
    <span className={styles.glyph}>
      <TokenPieces pieces={tokenPieces(bytes, 0, bytes.length)} showWhitespace={false} />
    </span>
  );
}
