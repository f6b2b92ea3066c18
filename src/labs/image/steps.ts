import type { ImageExperiment } from './experiment';
import { sameIds } from './pictures';

/** True where `b` is a step that Back should undo: another picture, model or view. Moving k and another noise are none. */
export function isStep(a: ImageExperiment, b: ImageExperiment): boolean {
  return (
    a.model !== b.model ||
    a.second !== b.second ||
    a.view !== b.view ||
    a.steps !== b.steps ||
    !sameSource(a.source, b.source)
  );
}

export function sameSource(a: ImageExperiment['source'], b: ImageExperiment['source']): boolean {
  if (a === null || b === null) return a === b;
  if (a.kind === 'sample' || b.kind === 'sample') {
    return a.kind === 'sample' && b.kind === 'sample' && a.id === b.id;
  }
  return sameIds(a.ids, b.ids);
}
