import { decodeUtf8 } from '../../core/text/utf8';
import type { InlineToken } from '../../views/token-text/InlineTokens';
import { isSuperword } from './measure';

/** One of the fills, for tokens of several words. */
const HUE = 4;

/** Tokens as they are drawn. @param lengths bytes of each */
export function inlineTokens(bytes: Uint8Array, lengths: readonly number[]): readonly InlineToken[] {
  let from = 0;
  return lengths.map((length) => {
    const text = bytes.subarray(from, from + length);
    from += length;
    if (!isSuperword(decodeUtf8(text))) return { text };
    return { text, hue: HUE, emphasis: 'strong', note: 'spans several words' };
  });
}
