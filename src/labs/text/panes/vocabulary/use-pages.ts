import { useCallback, useEffect, useRef, useState } from 'react';
import { isAborted } from '../../../../core/errors';
import type { ListedToken, TokenPage } from '../../../../engine/text/vocabulary.api';

/** Rows that are fetched at once. */
export const PAGE = 128;

/**
 * The rows of a list, which arrive by pages as they come into view.
 * @param first the first page; another one is another list
 * @param fetch gives the page from a row on
 */
export function usePages(
  first: TokenPage | undefined,
  fetch: (from: number, signal: AbortSignal) => Promise<TokenPage>,
) {
  const pages = useRef(new Map<number, readonly ListedToken[] | 'coming'>());
  const of = useRef<TokenPage>(undefined);
  const controller = useRef<AbortController>(undefined);
  const [, setArrived] = useState(0);
  if (of.current !== first) {
    controller.current?.abort();
    controller.current = new AbortController();
    of.current = first;
    pages.current = new Map(first ? [[0, first.rows]] : []);
  }
  useEffect(() => () => controller.current?.abort(), []);

  const onView = useCallback(
    (from: number, to: number) => {
      const mine = of.current;
      if (!mine) return;
      for (let page = Math.floor(from / PAGE); page * PAGE < Math.min(to, mine.total); page++) {
        if (pages.current.has(page)) continue;
        pages.current.set(page, 'coming');
        const known = pages.current;
        fetch(page * PAGE, controller.current!.signal).then(
          ({ rows }) => {
            known.set(page, rows);
            if (known === pages.current) setArrived((count) => count + 1);
          },
          (error: unknown) => {
            // What failed is asked for again when it comes into view again.
            known.delete(page);
            if (!isAborted(error)) setArrived((count) => count + 1);
          },
        );
      }
    },
    [fetch],
  );
  const rowAt = (place: number) => {
    const page = pages.current.get(Math.floor(place / PAGE));
    return page === 'coming' ? undefined : page?.[place % PAGE];
  };
  return { rowAt, onView };
}
