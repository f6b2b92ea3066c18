import type { Piece } from '../../core/text/display';

/** A token's name for screen readers: its text in quotes, with words for what cannot be read aloud. */
export function tokenName(pieces: readonly Piece[], id: number): string {
  const words: string[] = [];
  let quoted = '';
  const flush = () => {
    if (quoted) words.push(`“${quoted}”`);
    quoted = '';
  };
  for (const piece of pieces) {
    if (piece.kind === 'text') quoted += piece.text;
    // A space beside text is read with it; alone it needs its name.
    else if (piece.kind === 'space' && (pieces.length > 1 || quoted)) quoted += piece.text;
    else {
      flush();
      words.push(spoken(piece));
    }
  }
  flush();
  return `${words.join(' ')} id ${id}`;
}

/** The same for a token that is drawn by its spelling: the text is what it has lost, if any. */
export function glyphName(spelling: string, lost: readonly Piece[], id: number): string {
  const what = spelling === '\u2581' ? 'space that is not in the text' : spelling;
  if (lost.length === 0) return `${what} id ${id}`;
  return `${what}, lost: ${tokenName(lost, id)}`;
}

function spoken(piece: Exclude<Piece, { kind: 'text' }>): string {
  switch (piece.kind) {
    case 'bytes':
      return `${piece.hex.length === 1 ? 'byte' : 'bytes'} ${piece.hex.join(' ')}`;
    case 'space':
      return times('space', piece.text.length);
    case 'tab':
      return times('tab', piece.text.length);
    case 'newline':
      return times('line break', piece.text.replace('\r\n', '\n').length);
    case 'control':
      return `control ${piece.symbol}`;
  }
}

function times(what: string, count: number): string {
  return count === 1 ? what : `${count} ${what}s`;
}
