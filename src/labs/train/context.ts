import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { LabHost } from '../lab';
import type { TrainSession } from './session';
import type { TrainState } from './state';

/** One training lab on a page. */
export interface TrainLab {
  readonly host: LabHost;
  readonly session: TrainSession;
}

export const TrainLabContext = createContext<TrainLab | null>(null);

/** The lab that a view is part of. */
export function useLab(): TrainLab {
  const lab = useContext(TrainLabContext);
  if (!lab) throw new Error('A part of the training lab was rendered outside of one.');
  return lab;
}

export function useTrain<T>(select: (state: TrainState) => T): T {
  return useStore(useLab().session.store, select);
}
