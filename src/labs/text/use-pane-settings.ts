import { useCallback, useMemo } from 'react';
import * as v from 'valibot';
import { useStore } from 'zustand';
import type { Json } from '../../core/link/json';
import { useLab } from './context';

/**
 * What a pane has been set to, and the way to set it. It is in the lab's link, so it arrives unchecked: whatever does not
 * fit the schema is replaced by the defaults.
 * @param schema of the settings; the same at every render
 * @param defaults the same at every render; they are not written into links
 */
export function usePaneSettings<T extends { readonly [key: string]: Json }>(
  pane: string,
  schema: v.GenericSchema<unknown, T>,
  defaults: T,
): [T, (changes: Partial<T>) => void] {
  const { panes } = useLab();
  const raw = useStore(panes.store, ({ settings }) => settings[pane]);
  const settings = useMemo(() => {
    if (raw === undefined) return defaults;
    const own = typeof raw === 'object' && !Array.isArray(raw) ? { ...defaults, ...raw } : raw;
    const parsed = v.safeParse(schema, own);
    return parsed.success ? parsed.output : defaults;
  }, [raw, schema, defaults]);
  const set = useCallback(
    (changes: Partial<T>) => {
      const next = { ...settings, ...changes };
      const changed = Object.entries(next).filter(
        ([key, value]) => JSON.stringify(value) !== JSON.stringify(defaults[key]),
      );
      panes.set(pane, changed.length === 0 ? undefined : Object.fromEntries(changed));
    },
    [panes, pane, settings, defaults],
  );
  return [settings, set];
}
