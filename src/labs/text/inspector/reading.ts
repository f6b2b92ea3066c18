import { CHANGED, SPACE_ADDED } from '../../../core/text/token-changes';
import type { TokenEntry } from '../../../core/text/tokens';
import { decodeUtf8 } from '../../../core/text/utf8';
import type { TokenPlace } from '../token-focus';

/** Characters of a text that are quoted. */
const QUOTED = 40;

/**
 * How the tokenizer read the text that a token covers, in sentences; empty where it read what is written.
 * @param entry the token in its vocabulary
 */
export function readingOf(place: TokenPlace, entry: TokenEntry | undefined): string[] {
  const { document, start, end, spelling, isLost, change } = place;
  const text = quoted(decodeUtf8(document.bytes.subarray(start, end)));
  if (isLost) {
    return [
      `The vocabulary has no token for ${text}: the model receives ${spelling ?? 'an unknown token'}, and this text is lost.`,
    ];
  }
  if (spelling !== undefined) {
    if (spelling === '\u2581') return ['The tokenizer put this space in front; it is not in your text.'];
    return end > start
      ? [`${text} was taken apart, and this token stands for one of its parts.`]
      : ['The tokenizer added this token; it stands for no piece of your text.'];
  }
  const sentences: string[] = [];
  if ((change & CHANGED) > 0 && entry) {
    const own = decodeUtf8(entry.bytes);
    const read = (change & SPACE_ADDED) > 0 || isSpacingOnly(place, own) ? own.slice(1) : own;
    sentences.push(`The tokenizer read ${text} as ${quoted(read)}.`);
  }
  if ((change & SPACE_ADDED) > 0) {
    sentences.push(
      'It put a space in front, which is not in your text: the token is the same as inside a sentence.',
    );
  }
  return sentences;
}

/** Whether the space that a token's bytes begin with is only the decoder's, and not read from the text. */
function isSpacingOnly({ document, start }: TokenPlace, own: string): boolean {
  return own.startsWith(' ') && !/\s/u.test(String.fromCharCode(document.bytes[start] ?? 0x20));
}

function quoted(text: string): string {
  const characters = [...text.replaceAll('\n', '↵').replaceAll('\t', '→')];
  const shown = characters.length > QUOTED ? `${characters.slice(0, QUOTED).join('')}…` : characters.join('');
  return `“${shown}”`;
}
