import { createStore, type StoreApi } from 'zustand';
import { DEFAULT_HUB } from '../engine/weights/default-hub';
import type { Settings } from '../labs/lab';

/** What the visitor prefers, as on a first visit. */
export function createSettings(): StoreApi<Settings> {
  return createStore<Settings>(() => ({ theme: 'system', backend: 'auto', hub: DEFAULT_HUB, report: null }));
}
