import { createStore, type StoreApi } from 'zustand';
import { DEFAULT_HUB } from '../engine/weights/default-hub';
import type { Settings } from '../labs/lab';

/** The visitor's preferences, with their defaults. */
export function createSettings(): StoreApi<Settings> {
  return createStore<Settings>(() => ({ theme: 'system', backend: 'auto', hub: DEFAULT_HUB, report: null }));
}
