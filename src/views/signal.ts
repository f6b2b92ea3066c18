import { useCallback, useRef, useSyncExternalStore } from 'react';

/**
 * A value outside the store that changes often or is large (pixels, the frame on screen). Listeners run at once,
 * in the task of the change, so that a canvas can be painted in the same frame as the pointer moved.
 */
export interface Signal<T> {
  get(): T;
  set(value: T): void;
  /** Returns the unsubscriber. */
  subscribe(listener: () => void): () => void;
}

export function signal<T>(initial: T): Signal<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Renders again whenever the signal changes. */
export function useSignal<T>(source: Signal<T>): T {
  return useSyncExternalStore(source.subscribe, source.get);
}

/** The same, where there may be no signal yet. */
export function useMaybeSignal<T>(source: Signal<T> | undefined): T | undefined {
  return useSyncExternalStore(source?.subscribe ?? never, () => source?.get());
}

function never(): () => void {
  return () => {};
}

/** The values of several signals. @param sources the same list as long as the signals are the same */
export function useSignals<T>(sources: readonly Signal<T>[]): readonly T[] {
  const last = useRef<readonly T[]>([]);
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = sources.map((source) => source.subscribe(listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
    [sources],
  );
  return useSyncExternalStore(subscribe, () => {
    const values = sources.map((source) => source.get());
    const { current } = last;
    const isSame =
      values.length === current.length && values.every((value, i) => Object.is(value, current[i]));
    if (!isSame) last.current = values;
    return last.current;
  });
}
