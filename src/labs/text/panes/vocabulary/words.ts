import type { TokenOrigin, TokenSet } from '../../../../engine/text/vocabulary.api';
import type { TokenKind } from '../../../../tokenizers/inspection/select-tokens';
import { formatInteger } from '../../../../ui/format';

/** Kinds of tokens, as filters and as marks beside a token. */
export const KIND_WORDS: Readonly<Record<TokenKind, { readonly filter: string; readonly mark: string }>> = {
  space: { filter: 'Leading space', mark: '' },
  part: { filter: 'Parts of characters', mark: 'part' },
  byte: { filter: 'Single bytes', mark: 'byte' },
  special: { filter: 'Special', mark: 'special' },
  added: { filter: 'Added', mark: 'added' },
};

/** Sets of tokens without another vocabulary, and with one. */
export function setOptions(other: string | undefined): { readonly id: TokenSet; readonly name: string }[] {
  return [
    { id: 'all', name: 'All tokens' },
    { id: 'alike', name: 'Alike but for case and leading space' },
    { id: 'same', name: 'With the same bytes' },
    { id: 'unreached', name: 'That no text gave' },
    ...(other === undefined
      ? []
      : [
          { id: 'shared' as const, name: `Also in ${other}` },
          { id: 'moved' as const, name: `In ${other} under another id` },
          { id: 'only' as const, name: `Not in ${other}` },
        ]),
  ];
}

/** How a token comes out of texts, in a sentence that claims no more than is known. */
export function originSentence({ origin, tried, witness = '' }: TokenOrigin): string {
  switch (origin) {
    case 'text':
      return 'Its own text gives it.';
    case 'context':
      return `The text “${shown(witness)}” gives it.`;
    case 'special':
      return 'Its name gives it, where special tokens are parsed.';
    case 'merges':
      return 'Proved: no text gives it. The merges of its own bytes end in other tokens.';
    case 'bytes':
      return 'Proved: no text gives it. UTF-8 never holds these bytes.';
    case 'character':
      return 'Proved: no text gives it. Its byte is a character, whose own token is taken instead.';
    default:
      return tried === 0
        ? 'No text was tried.'
        : `Not proved: none of ${formatInteger(tried)} texts with its bytes gave it.`;
  }
}

/** The same in a word or two. */
export function originMark({ origin, tried }: TokenOrigin): string {
  if (origin === 'merges' || origin === 'bytes' || origin === 'character') return 'proved';
  return origin === 'untraced' ? `not in ${formatInteger(tried)} texts` : '';
}

function shown(text: string): string {
  return text
    .replaceAll('\n', '↵')
    .replace(/\p{Cc}/gu, (control) => String.fromCharCode(0x2400 + (control.charCodeAt(0) & 0x1f)));
}

/** Bytes in hex, the first of them. */
export function hexOf(bytes: Uint8Array, limit = 32): string {
  const shownBytes = Array.from(bytes.subarray(0, limit), (byte) =>
    byte.toString(16).padStart(2, '0').toUpperCase(),
  );
  return (
    shownBytes.join(' ') + (bytes.length > limit ? ` and ${formatInteger(bytes.length - limit)} more` : '')
  );
}
