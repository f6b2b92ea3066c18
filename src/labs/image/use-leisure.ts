import { useEffect } from 'react';
import type { Signal } from '../../views/signal';
import type { ImageLab } from './image-lab';
import { useLab } from './lab-context';

/** Where the first picture takes longer, on a slow connection say, menus and chart come before it. */
const PATIENCE_MS = 2000;

/**
 * Gives the rest of the lab its turn (`ImageLab.leisure`): once the first picture has been painted or cannot be, once the
 * visitor touches anything, and in any case after two seconds on screen.
 */
export function useGivenLeisure(): void {
  const lab = useLab();
  useEffect(() => giveLeisure(lab), [lab]);
}

/** @returns the way to stop waiting for it */
function giveLeisure({ store, leisure }: Pick<ImageLab, 'store' | 'leisure'>): () => void {
  if (leisure.get()) return () => {};
  const ending = new AbortController();
  const give = () => {
    ending.abort();
    leisure.set(true);
  };
  const { signal } = ending;
  const look = () => {
    const { problem, lanes } = store.getState();
    if (problem) give();
    else if (lanes.some(({ shown }) => shown.get())) afterPaint(() => signal.aborted || give());
  };
  const sources: Pick<Signal<unknown>, 'subscribe'>[] = [
    store,
    ...store.getState().lanes.map((lane) => lane.shown),
  ];
  for (const source of sources) signal.addEventListener('abort', source.subscribe(look));
  const timer = setTimeout(give, PATIENCE_MS);
  signal.addEventListener('abort', () => clearTimeout(timer));
  for (const type of ['pointerdown', 'keydown', 'dragenter']) {
    window.addEventListener(type, give, { capture: true, signal });
  }
  return () => ending.abort();
}

/** A task after the next frame; never where the tab is hidden. */
function afterPaint(work: () => void): void {
  requestAnimationFrame(() => setTimeout(work));
}
