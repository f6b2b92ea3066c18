import { useMemo, useSyncExternalStore } from 'react';

/** Follows a media query. */
export function useMedia(query: string): boolean {
  // The same at every render: else each one would ask the browser again, and subscribe again.
  const media = useMemo(() => {
    const list = window.matchMedia(query);
    return {
      matches: () => list.matches,
      subscribe: (notify: () => void) => {
        list.addEventListener('change', notify);
        return () => list.removeEventListener('change', notify);
      },
    };
  }, [query]);
  return useSyncExternalStore(media.subscribe, media.matches);
}
