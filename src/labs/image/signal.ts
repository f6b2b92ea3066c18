import { useSyncExternalStore } from 'react';

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
