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
