import type { Piece } from '../../core/text/display';
import styles from './TokenRow.module.css';

const LEADING_MARK = /^\p{M}/u;

/**
 * A token's text as it is drawn: whitespace as itself or as symbols, parts of a character as hex, control
 * characters always as their pictures, and a mark without its base on a dotted circle.
 */
export function TokenPieces({
  pieces,
  showWhitespace,
}: {
  readonly pieces: readonly Piece[];
  readonly showWhitespace: boolean;
}) {
  return pieces.map((piece, i) => {
    switch (piece.kind) {
      case 'text':
        return LEADING_MARK.test(piece.text) ? `\u25cc${piece.text}` : piece.text;
      case 'bytes':
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one token never move
          <span key={i} className={styles.hex}>
            {piece.hex.map((byte, j) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <b key={j}>{byte}</b>
            ))}
          </span>
        );
      case 'control':
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <span key={i} className={styles.control}>
            {piece.symbol}
          </span>
        );
      default:
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <span key={i} className={styles.space}>
            {whitespace(piece, showWhitespace)}
          </span>
        );
    }
  });
}

/** Takes as many cells as the layout has counted: a tab two, a line break one, the rest as they are. */
function whitespace(piece: Exclude<Piece, { kind: 'text' | 'bytes' }>, visible: boolean): string {
  if (piece.kind === 'tab') return (visible ? '→ ' : '  ').repeat(piece.text.length);
  if (visible) return piece.symbol;
  return piece.kind === 'newline' ? ' '.repeat(piece.text.length) : piece.text;
}
