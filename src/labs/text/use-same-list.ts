import { useRef } from 'react';

/** A selector of a list that gives the same object as long as all its items are the same. */
export function useSameList<S, T>(select: (state: S) => T[]): (state: S) => T[] {
  const last = useRef<T[]>([]);
  return (state) => {
    const next = select(state);
    const { current } = last;
    if (next.length !== current.length || next.some((item, i) => item !== current[i])) last.current = next;
    return last.current;
  };
}
