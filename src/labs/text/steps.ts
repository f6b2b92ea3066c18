import type { TextExperiment } from './experiment';

/** True where `b` is a step that Back should undo: other columns, switches or another text. Editing a text is none. */
export function isStep(a: TextExperiment, b: TextExperiment): boolean {
  return (
    a.showIds !== b.showIds ||
    a.showWhitespace !== b.showWhitespace ||
    a.tokenizers.join() !== b.tokenizers.join() ||
    !isEdit(a.text, b.text)
  );
}

/** True where one text comes from the other by typing in one place: at least half of the shorter one is kept. */
function isEdit(a: TextExperiment['text'], b: TextExperiment['text']): boolean {
  if (a.kind === 'omitted') return b.kind === 'omitted' && a.bytes === b.bytes;
  if (b.kind === 'omitted') return false;
  const shorter = Math.min(a.value.length, b.value.length);
  let kept = 0;
  while (kept < shorter && a.value[kept] === b.value[kept]) kept++;
  const prefix = kept;
  while (
    kept < shorter &&
    a.value[a.value.length - 1 - (kept - prefix)] === b.value[b.value.length - 1 - (kept - prefix)]
  ) {
    kept++;
  }
  return kept * 2 >= shorter;
}
