import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Signal } from './signal';

/**
 * Whether what a page shows first is there, so that parts may load that nobody waits for (`Later`): before, they would only
 * take the processor and the connection from it. Once true it stays so. Without a provider, parts load at once.
 */
export const LeisureContext = createContext<Pick<Signal<boolean>, 'get' | 'subscribe'>>({
  get: () => true,
  subscribe: () => () => {},
});

export function useLeisure(): boolean {
  const { subscribe, get } = useContext(LeisureContext);
  return useSyncExternalStore(subscribe, get);
}
