import * as v from 'valibot';
import type { StoreApi } from 'zustand';
import { DEFAULT_HUB } from '../engine/weights/default-hub';
import type { Settings } from '../labs/lab';

const STORAGE_KEY = 'tokenoscope.settings';

/** What local storage may hold: checked field by field, as anybody can write there. */
const schema = v.object({
  theme: v.fallback(v.picklist(['system', 'light', 'dark']), 'system'),
  backend: v.fallback(v.picklist(['auto', 'webgpu', 'wasm']), 'auto'),
  hub: v.fallback(v.pipe(v.string(), v.regex(/^https?:\/\//), v.url(), v.maxLength(200)), DEFAULT_HUB),
  foldChart: v.fallback(v.boolean(), false),
  ids: v.fallback(v.boolean(), false),
});

const KEPT = ['theme', 'backend', 'hub', 'foldChart', 'ids'] as const;

/**
 * Restores the preferences, then keeps them.
 * @param onRefused called where the browser refuses storage
 */
export function keepPreferences(settings: StoreApi<Settings>, onRefused: () => void): void {
  settings.setState(restore());
  settings.subscribe((state, previous) => {
    if (KEPT.every((key) => state[key] === previous[key])) return;
    try {
      localStorage.setItem(
        STORAGE_KEY,
        JSON.stringify(Object.fromEntries(KEPT.map((key) => [key, state[key]]))),
      );
    } catch {
      onRefused();
    }
  });
}

function restore(): v.InferOutput<typeof schema> {
  let stored: unknown = {};
  try {
    stored = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}');
  } catch {
    // Refused or unreadable: the defaults are used.
  }
  return v.parse(schema, typeof stored === 'object' && stored !== null ? stored : {});
}
