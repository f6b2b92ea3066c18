import { createStore } from 'zustand';
import { nodeSegmenter } from '../../../engine/text/testing/node-segmenter';
import type { LabHost, Settings } from '../../lab';
import { createTextLab, type TextLab } from '../text-lab';

/** A whole text lab over the real engine, without a page around it. */
export function testLab(): TextLab & { readonly opened: string[] } {
  const opened: string[] = [];
  const host: LabHost = {
    settings: createStore<Settings>(() => ({ theme: 'system', backend: 'auto', hub: '', report: null })),
    openLink: (hash) => void opened.push(hash),
    openFile: () => {},
  };
  return { ...createTextLab(host, nodeSegmenter()), opened };
}

/** Resolves once a store's state is as wanted. */
export function until<T>(
  store: { getState(): T; subscribe(listener: (state: T) => void): () => void },
  isWanted: (state: T) => boolean,
): Promise<T> {
  return new Promise((resolve) => {
    const check = (state: T) => {
      if (!isWanted(state)) return;
      stop();
      resolve(state);
    };
    const stop = store.subscribe(check);
    check(store.getState());
  });
}
