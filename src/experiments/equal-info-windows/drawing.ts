import type { InlineToken } from '../../views/token-text/InlineTokens';
import type { Coding } from './all-codings';
import type { Flip } from './damage';

/** Fills of the windows in turn, and of what is read wrongly. */
const WINDOWS = [4, 7] as const;
const WRONG = 0;

/** The passage as it is read: window by window, and what a flipped bit has changed. */
export function passageTokens(
  drawn: Uint8Array,
  { size, passage, drawn: { ends } }: Coding,
  flip: Flip | undefined,
): readonly InlineToken[] {
  const all = size === 0 ? [passage] : ends;
  const tokens: InlineToken[] = [];
  let from = 0;
  for (const [i, end] of all.entries()) {
    const isHit = flip !== undefined && flip.from >= from && flip.to === end;
    const intact = drawn.subarray(from, isHit ? flip.from : end);
    if (intact.length > 0) tokens.push({ text: intact, hue: WINDOWS[i % 2]! });
    if (isHit && flip.text.length > 0) {
      tokens.push({ text: flip.text, hue: WRONG, emphasis: 'strong', note: 'read wrongly' });
    }
    from = end;
  }
  return tokens;
}
