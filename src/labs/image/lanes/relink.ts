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

/** How long a codec's lane rests before its file is in the address. */
const REST_MS = 400;

/**
 * Calls `tell` when the files of codecs' lanes have come to rest: they arrive later than the change that asked for them, so
 * that what the address says lacks them.
 * @returns the way to stop
 */
export function watchFiles(store: StoreApi<ImageLabState>, tell: () => void): () => void {
  let stops: (() => void)[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (store.getState().source?.kind === 'file') tell();
    }, REST_MS);
  };
  const renew = () => {
    for (const stop of stops) stop();
    stops = store
      .getState()
      .lanes.slice(1)
      .map(({ shown }) => shown.subscribe(() => shown.get()?.file && later()));
  };
  const unsubscribe = store.subscribe((now, before) => {
    if (now.lanes !== before.lanes) renew();
  });
  return () => {
    unsubscribe();
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}
