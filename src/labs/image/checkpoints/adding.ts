import { createStore, useStore } from 'zustand';
import type { Device } from '../../../engine/weights/fit';
import type { ImageLab } from '../image-lab';
import { useLab } from '../lab-context';
import type { Adding, AddingState } from './adding-state';

const UNKNOWN: Device = { memory: undefined, free: undefined };

/** What a lab adds checkpoints with, which exists from the first call on. */
export function addingOf(lab: ImageLab): Adding {
  lab.adding ??= {
    store: createStore<AddingState>(() => ({
      phase: 'idle',
      plan: null,
      stored: 0,
      device: UNKNOWN,
      progress: null,
      problem: null,
      unfinished: [],
      isLasting: null,
      added: null,
      official: null,
      surprise: null,
      catalogue: null,
      keepIn: 'full',
      pace: null,
    })),
    job: undefined,
    source: undefined,
  };
  return lab.adding;
}

/** What a lab is adding right now. */
export function stateOf(lab: ImageLab): AddingState {
  return addingOf(lab).store.getState();
}

/** The same, for views. */
export function useAdding<T>(select: (state: AddingState) => T): T {
  return useStore(addingOf(useLab()).store, select);
}

/** Changes it. */
export function set(lab: ImageLab, change: Partial<AddingState>): void {
  addingOf(lab).store.setState(change);
}
