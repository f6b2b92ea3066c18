import * as v from 'valibot';
import { DEFAULT_HUB } from '../engine/weights/source';
import { useSettings } from '../labs/settings/store';
import { changed, keysKept, STATE_TABLE } from './state-table';
import { useApp } from './store';

const STORAGE_KEY = 'tokenoscope.settings';
const KEPT = keysKept(STATE_TABLE.settings, 'local');

/** What local storage may hold: checked field by field, as anybody can write there. */
const schema = v.object({
  theme: v.fallback(v.picklist(['system', 'light', 'dark']), 'system'),
  backend: v.fallback(v.picklist(['auto', 'webgpu', 'wasm']), 'auto'),
  hub: v.fallback(v.pipe(v.string(), v.regex(/^https?:\/\//), v.url(), v.maxLength(200)), DEFAULT_HUB),
});

/** Restores the preferences, then keeps them. A browser that refuses storage is noted, once, for the page to say. */
export function keepPreferences(): void {
  useSettings.setState(restore());
  useSettings.subscribe((state, previous) => {
    if (!changed(KEPT, state, previous)) return;
    try {
      localStorage.setItem(
        STORAGE_KEY,
        JSON.stringify(Object.fromEntries(KEPT.map((key) => [key, state[key]]))),
      );
    } catch {
      useApp.setState({ storageRefused: true });
    }
  });
}

function restore(): v.InferOutput<typeof schema> {
  let stored: unknown = {};
  try {
    stored = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}');
  } catch {
    // Refused or unreadable: the defaults serve.
  }
  return v.parse(schema, typeof stored === 'object' && stored !== null ? stored : {});
}
