import { useEffect, useState } from 'react';
import { useLab } from '../context';
import type { TokenPlace } from '../token-focus';

/**
 * The grapheme clusters (UAX 29) that a token touches, counted by a worker; null until it has answered.
 * @param unit UTF-16 units before the token's first character
 */
export function useGraphemes(place: TokenPlace, unit: number): readonly [number, number] | null {
  const { segmenter } = useLab();
  const { tokenizer, document, start, end } = place;
  const [answer, setAnswer] = useState<{ readonly of: string; readonly span: readonly [number, number] }>();
  const question = `${document.key} ${start} ${end}`;
  useEffect(() => {
    const controller = new AbortController();
    segmenter.spans(tokenizer, { start, end, unit }, document, controller.signal).then(
      ({ graphemes }) => setAnswer({ of: question, span: [graphemes.start, graphemes.end] }),
      () => undefined, // another token is asked about, or the column says what is wrong
    );
    return () => controller.abort();
  }, [segmenter, tokenizer, start, end, unit, document, question]);
  return answer?.of === question ? answer.span : null;
}
