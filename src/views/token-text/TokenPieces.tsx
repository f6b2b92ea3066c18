import type { Piece } from '../../core/text/display';
import styles from './TokenRow.module.css';

const LEADING_MARKS = /^\p{M}+/u;

/** Thai, Devanagari, Arabic: the page has a face for them, with the circle in it. */
const OWN_FACE = /^[\u0600-\u06ff\u0750-\u077f\u0870-\u097f\u0e00-\u0e7f]/;

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
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one token never move
        return <Text key={i} text={piece.text} />;
      case 'bytes':
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
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

/** Text as it is; marks at its beginning, which have no letter here, on a dotted circle. */
function Text({ text }: { readonly text: string }) {
  const [marks] = LEADING_MARKS.exec(text) ?? [];
  if (!marks) return text;
  if (OWN_FACE.test(marks)) return `\u25cc${text}`;
  return (
    <>
      <span className={styles.bareMark}>{`\u25cc${marks}`}</span>
      {text.slice(marks.length)}
    </>
  );
}

/** Takes as many cells as the layout has counted: a tab two, a line break one, the rest as they are. */
function whitespace(piece: Exclude<Piece, { kind: 'text' | 'bytes' }>, visible: boolean): string {
  if (piece.kind === 'tab') return (visible ? '→ ' : '  ').repeat(piece.text.length);
  if (visible) return piece.symbol;
  return piece.kind === 'newline' ? ' '.repeat(piece.text.length) : piece.text;
}
