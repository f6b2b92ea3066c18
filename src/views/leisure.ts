import { createContext, useContext } from 'react';
import { type Signal, signal, useSignal } from './signal';

const ALWAYS = signal(true);

/**
 * Whether what a page shows first is there, so that parts may load that nobody waits for (`Later`): before, they would only
 * take the processor and the connection from it. Once true it stays so. Without a provider, parts load at once.
 */
export const LeisureContext = createContext<Signal<boolean>>(ALWAYS);

export function useLeisure(): boolean {
  return useSignal(useContext(LeisureContext));
}
