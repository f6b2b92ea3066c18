import { tokenPieces } from './display';

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Bytes as the inside of a string literal: printable text as it is, `\n`, `\r`, `\t`, `\\`, other invisible
 * characters as `\u{A0}`, and bytes that are not a whole character as `\xE2`. Different bytes have different names.
 */
export function tokenName(bytes: Uint8Array): string {
  return tokenPieces(bytes, 0, bytes.length)
    .map((piece) => {
      if (piece.kind === 'bytes') return piece.hex.map((byte) => `\\x${byte}`).join('');
      if (piece.kind === 'text') return piece.text.replaceAll('\\', '\\\\');
      return Array.from(piece.text, escaped).join('');
    })
    .join('');
}

function escaped(character: string): string {
  if (character === ' ') return ' ';
  return ESCAPES[character] ?? `\\u{${character.codePointAt(0)!.toString(16).toUpperCase()}}`;
}
