import type { StoreApi } from 'zustand';
import type { Signal } from '../../../views/signal';
import type { DistanceWatch } from '../distance';
import type { ImageLabState } from '../store';

/**
 * Calls `relink` whenever lanes at equal quality may have to move: a measure was chosen, or more is measured.
 * @returns the way to stop
 */
export function watchQuality(
  store: StoreApi<ImageLabState>,
  distances: Signal<DistanceWatch | null>,
  relink: () => void,
): () => void {
  let stops: (() => void)[] = [];
  const renew = () => {
    for (const stop of stops) stop();
    const { linked, lanes } = store.getState();
    if (linked !== 'quality') {
      stops = [];
      return;
    }
    const watch = distances.get();
    stops = lanes.map((lane) => lane.measured.subscribe(relink));
    if (watch) stops.push(watch.distances.subscribe(relink));
    relink();
  };
  const unsubscribe = store.subscribe((now, before) => {
    if (now.linked !== before.linked || now.lanes !== before.lanes || now.metric !== before.metric) renew();
  });
  const unwatch = distances.subscribe(renew);
  return () => {
    unsubscribe();
    unwatch();
    for (const stop of stops) stop();
  };
}
