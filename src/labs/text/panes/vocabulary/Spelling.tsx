import { tokenPieces } from '../../../../core/text/display';
import type { ListedToken } from '../../../../engine/text/vocabulary.api';
import { TokenPieces } from '../../../../views/token-text/TokenPieces';
import styles from './Vocabulary.module.css';

/** Bytes of a token that are drawn in a row. */
const DRAWN = 160;

/** A token as it is drawn everywhere: its text, white space as symbols, parts of a character in hex. */
export function Spelling({ bytes, name }: Pick<ListedToken, 'bytes'> & { readonly name?: string }) {
  return (
    <span className={styles.spelling} dir="auto">
      {bytes.length === 0 ? (
        (name ?? 'empty')
      ) : (
        <TokenPieces pieces={tokenPieces(bytes, 0, Math.min(DRAWN, bytes.length))} showWhitespace />
      )}
      {bytes.length > DRAWN ? '…' : ''}
    </span>
  );
}
