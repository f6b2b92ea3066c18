import { decodeUtf8, encodeUtf8, isContinuation } from '../../../../core/text/utf8';

/** The characters of a text that some of its bytes are of. */
export function spanText(text: string, start: number, end: number): string {
  const bytes = encodeUtf8(text);
  let from = start;
  let to = end;
  while (from > 0 && from < bytes.length && isContinuation(bytes[from]!)) from--;
  while (to < bytes.length && isContinuation(bytes[to]!)) to++;
  return decodeUtf8(bytes.slice(from, to));
}

/** A text on one line, with what cannot be seen written out. */
export function visible(text: string, limit: number): string {
  const points = Array.from(text);
  const shown = points
    .slice(0, limit)
    .map((point) => {
      if (point === ' ') return '␣';
      if (point === '\n') return '↵';
      if (point === '\t') return '⇥';
      const isHidden = /[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\p{Mn}\p{Co}\ufffd]/u.test(point);
      return isHidden && point !== '\u200d' && point !== '\ufe0f'
        ? `⟨${point.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`
        : point;
    })
    .join('');
  return points.length > limit ? `${shown}…` : shown;
}

/** A sentence whose quotation shows what cannot be seen. It has one at most, which may hold quotation marks. */
export function visibleQuote(sentence: string): string {
  return sentence.replace(/“(.*)”/su, (_, quoted: string) => `“${visible(quoted, 60)}”`);
}
