import type { Experiment, ImageExperiment, TextExperiment } from '../core/link/experiment';

/**
 * True where `b` is a step that Back should undo: another lab, picture, model, set of columns or text.
 * Moving k, another noise and editing a text are no steps.
 */
export function isStep(a: Experiment, b: Experiment): boolean {
  return (
    a.lab !== b.lab ||
    a.image.model !== b.image.model ||
    a.image.view !== b.image.view ||
    a.image.steps !== b.image.steps ||
    !sameSource(a.image.source, b.image.source) ||
    a.text.showIds !== b.text.showIds ||
    a.text.showWhitespace !== b.text.showWhitespace ||
    a.text.tokenizers.join() !== b.text.tokenizers.join() ||
    !isEdit(a.text.text, b.text.text)
  );
}

function sameSource(a: ImageExperiment['source'], b: ImageExperiment['source']): boolean {
  if (a === null || b === null) return a === b;
  if (a.kind === 'sample' || b.kind === 'sample')
    return a.kind === b.kind && 'id' in a && 'id' in b && a.id === b.id;
  return a.ids === b.ids || (a.ids.length === b.ids.length && a.ids.every((id, i) => id === b.ids[i]));
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
