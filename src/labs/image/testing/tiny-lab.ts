import { vi } from 'vitest';
import { createStore } from 'zustand';
import type { LabChange, LabHost } from '../../lab';
import { ImageLab } from '../image-lab';
import type { Lane } from '../lane';
import { tinyCodecs } from './tiny-codecs';
import { TinyEngine } from './tiny-engine';

const host = (): LabHost => ({
  settings: createStore(() => ({ theme: 'system', backend: 'auto', hub: '', report: null })),
  openLink: () => {},
  openFile: () => {},
});

/** An image lab over a tiny engine, with everything that it reported. */
export function tinyLab() {
  const engine = new TinyEngine();
  const lab = new ImageLab(host(), {
    engine,
    fetchSample: async (id) => ({ blob: new Blob([id]), label: id }),
    codecs: async () => tinyCodecs,
  });
  const told: LabChange[] = [];
  lab.onChange((change) => told.push(change));
  const { session, store } = lab;
  const state = () => store.getState();
  return {
    lab,
    session,
    engine,
    told,
    state,
    lead: () => session.lead,
    lanes: () => state().lanes,
    models: () => state().lanes.map(({ model }) => model),
    /** Waits until all work has ended. */
    settled: async () => {
      for (let i = 0; i < 12; i++) {
        await new Promise((resolve) => setTimeout(resolve));
        await vi.dynamicImportSettled(); // code that is loaded on demand takes its time on a busy machine
      }
    },
    shownModel: (lane: Lane) => lane.opened.get()?.model,
  };
}
